import { tokensOf } from './tokens.js';

/** What Bosnian, Croatian and Serbian share. */
const serbian = `a ako ali bez bi bila bili bilo bio biti će da do i ili između iz još kada kako kao kod koja koje koji među na
  nad nakon ne ni nije njegov njihov o od ova ovaj ovo po pod pred prema pri s sa samo se su ta taj te to u uz već za što je`;
const norwegian = 'både få før når også på så være';

/**
 * Articles, prepositions, conjunctions, pronouns and auxiliaries, from grammar: of languages of which PostgreSQL has no stop
 * words, and of the others those with accents, which its lists have, and which analysis takes away.
 */
export const closedClasses: Readonly<Record<string, string>> = {
  bg: `а ако без бе беше бъде в във въз го да до е един една едно за и или им й към като когато който която което които
    къде ли между ми му на над не него нея ни но от още пак по под пред през при с са само се си след със също та така
    те тези ти то този това тази той тя у че ще я ги`,
  bs: `${serbian} gdje njen prije također`,
  ca: `a al als amb aquell aquella aquest aquesta aquestes aquests com de del dels des el els en entre es estar fins ha han
    i la les més ni no o on per però que quan qui se sense ser seu seus seva seves si sobre són també tot tots un una unes
    uns va és`,
  cs: `a aby ale ani až bez by byl byla bylo byly být co do i jako jak je jeho jejich její jen jsou k kde kdy která které
    který kteří ku mezi na nad nebo než o od po pod pro před při s se si tak také tato ten tento to toto tyto u v ve však z za
    ze že`,
  da: `både få får før gør når også på så være`,
  de: `daß dürfen für gegenüber hätte hätten könnte könnten können möchte muß müssen während wäre wären würde würden über`,
  el: `αλλά αν ανά από αυτά αυτές αυτή αυτοί αυτό αυτός για δε δεν είναι ένα ένας ενός επί έχει έχουν ή η ήταν θα και κατά
    κι μας με μεταξύ μετά μη μην μια μία μιας να ο οι όπως όταν ότι παρά που πριν προς πως σας σε στα στη στην στις στο
    στον στους τα τη την της τι τις το τον του τους των υπό χωρίς ως`,
  es: `aún así cómo cuál cuándo dónde él está están éste ésta había más mí qué quién según será sólo sí también tú`,
  et: `aga alla enne ei et ilma ja juba ka kes koos kui kuid kuni kus mis mitte nad need nende nii ning oli olid olla oma
    on pärast seda selle sest siis ta tema vahel veel või üle`,
  fi: `että hän hänen häntä mikä missä mistä mitä minä myös nämä näiden näissä näitä sekä tämä tällä tälle tässä tästä tätä
    vielä`,
  fr: `à après déjà dès été étaient étais était étant être êtes même mêmes où très`,
  hr: `${serbian} gdje njezin prije također`,
  hu: `által át azért ő ők őket és előtt így köztük között közül még már míg miért mögött nélkül néhány óta számára után úgy`,
  it: `affinché ciò cioè così già là né nonché perché però più poiché può sì è`,
  lt: `ant apie ar arba bei bet be buvo bus būti dar dėl į iki iš jau jei ji jie jis jo jos jų kad kai kaip kur kuri kurie
    kurio kurios kuris kurių ne nėra nuo o pagal pas pat per po prie savo su ši šie šios šis ta tai taip tarp tas tie tik tos
    už yra ir`,
  lv: `ap ar arī bet bez bija būs būt caur gan ir ja jo ka kad kas kā ko kur kura kuri kurš kuru lai līdz nav ne nevis no par
    pēc pie pirms pret sava savas savā savu starp šī šie šis šīs šo tas tā tās tie tiek to un uz vai virs viņa viņi viņš
    viņu zem`,
  nb: norwegian,
  nn: `${norwegian} vere`,
  no: norwegian,
  pl: `a ale ani bez być był była było były co czy dla do i ich jak jako jego jej jest już ku lub między na nad nie niż o od
    oraz po pod przed przez przy się są także tak tą te tego tej ten ta to tym tych tylko w we z za ze że która które którego
    której który których`,
  pt: `à às até após é está estão há já não são será só também você`,
  ro: `a acest această aceste acestei acestui acești ai al ale am asupra au avea ca care când ce cea cei cel cele celor către
    că cu cum dacă dar de din dintre după ei este era fără fi fie fost iar îi îl în între își într la lor lui mai nu o pe
    pentru până prin sau să se sub sunt un una unde unei unor unui și`,
  sk: `a aby ako ale ani až bez bol bola boli bolo byť by cez čo do i ich je jeho jej kde keď ktorá ktoré ktorí ktorý ku len
    medzi na nad nie než o od po pod pre pred pri s sa si so sú tak také táto ten tento tieto to toto u v vo z za zo že`,
  sl: `a ali bi bil bila bilo bili biti brez da do ga ga in iz ima je jih ji ki kjer kot ko med na nad nam ne ni njegov njen
    njihov o ob od oziroma pa po pod pred preko pri s se še si so ta tako te tega ter ti to tudi v več za zaradi z če`,
  sr: `${serbian} gde njen pre takođe`,
  sv: `är än åt även där då för från här när också på så över`,
};

const listed = new Map(
  Object.entries(closedClasses).map(([language, words]) => [
    language,
    new Set(tokensOf(words).map(({ bare }) => bare)),
  ]),
);

/** Whether a bare word is one of a closed class of its language, as far as PostgreSQL does not know that. */
export const saysNothing = (language: string, bare: string): boolean => listed.get(language)?.has(bare) ?? false;
