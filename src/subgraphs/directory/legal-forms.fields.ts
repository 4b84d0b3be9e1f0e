/** Abbreviations in folded letters, country by country; a point or a space may stand between theirs. */
const abbreviations = [
  'ab hb kb publ', // Sweden
  'as asa aps oy oyj ry rf hf ehf', // Denmark, Norway, Finland, Iceland
  'gmbh ggmbh mbh ag kg ev eg ug', // Germany, Austria, Switzerland
  'sa sas sarl asbl vzw bv nv scrl', // France, Belgium, Luxembourg, the Netherlands
  'spa srl srls scarl sl slu sau lda crl', // Italy, Spain, Portugal, Romania
  'ltd plc clg llc inc', // Ireland, Malta, Cyprus
  'spzoo sro zs os zu kft zrt nyrt doo dd', // Poland, Czechia, Slovakia, Hungary, Slovenia, Croatia
  'ou mtu sia uab vsi', // Estonia, Latvia, Lithuania
  'ood eood ead оод еоод еад доо αε επε ικε', // Bulgaria, Serbia, Greece
].flatMap((line) => line.split(' '));

const words = [
  'aktiebolag(et)?',
  'ek(onomisk)? for(ening)?',
  'ideell forening',
  'aksjeselskap',
  'osakeyhtio',
  'gesellschaft mit beschrankter haftung',
  'eingetragener verein',
  'limited',
  'incorporated',
  'societa per azioni',
  'societa a responsabilita limitata',
  'sociedad (limitada|anonima)',
  'societe anonyme',
  'spolka z ograniczona odpowiedzialnoscia',
  'spolka akcyjna',
];

/**
 * What says in which form an organisation exists, and not who it is: a regular expression of PostgreSQL for folded text.
 * Names that differ in it alone are alike, and not the same: a foundation and the company that it owns often share theirs.
 */
export const legalForms = `\\m(${[
  ...abbreviations.map((letters) => Array.from(letters).join('[./ ]*')),
  ...words.map((each) => each.replaceAll(' ', '[. ]+')),
].join('|')})\\M`;
