/** The ids of the good practices, as GoodGraph gives them: `{ goodPractice(slug: "fuse") { id } }`. */
const fuse = 'gp_670f495y2dbgfs4wwv8cpdmnnw';
const empremtes = 'gp_57p5avvy5wavevhqmrgdnazsva';

/** What this partner knows; invented, to show how it is done. In earnest this is a database. */
export const workshops = [
  { id: 'pairing', title: 'A maker and a designer, one day', day: '2027-03-12', places: 12, practice: { id: fuse } },
  { id: 'pairing-again', title: 'A maker and a designer, once more', day: '2027-09-24', places: 12, practice: { id: fuse } },
  { id: 'open-house', title: 'Open house of the craft brand', day: '2027-05-07', places: null, practice: { id: empremtes } },
];
