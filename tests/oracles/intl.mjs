// What ICU says, by way of Node's Intl, of numbers, ranges, days and plurals: the judge of what amplify prints.
//   node tests/oracles/intl.mjs LANGUAGE… > tests/oracles/intl.json
// The languages are all those that Babel knows; of them only is asked from how many digits on thousands are marked.
const LANGUAGES = { en: "en-GB", de: "de", be: "be", ru: "ru", uk: "uk", pl: "pl", lt: "lt" };
const NUMBERS = [
  0, 1, 2, 5, 10, 11, 12, 20, 21, 22, 25, 100, 101, 111, 112, 999, 1000, 1500, 1501, 4649, 9999, 10000, 39978, 143600, 1234567,
];
const ENDS = [1, 2, 5, 11, 21, 22, 1501, 39978, 143600, 171900];
const MONTHS = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, "0"));
const DAYS = ["2023-01-01", ...MONTHS.map((month) => `2023-${month}-21`), "2027-12-31"];
const PAIRS = ENDS.flatMap((low) => ENDS.filter((high) => high > low).map((high) => [low, high]));

const table = (keys, value) => Object.fromEntries(keys.map((key) => [[key].flat().join("-"), value(key)]));

function said(locale) {
  const number = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return {
    numbers: table(NUMBERS, (value) => number.format(value)),
    plurals: table(NUMBERS, (value) => plural.select(value)),
    ranges: table(PAIRS, ([low, high]) => number.formatRange(low, high)),
    range_plurals: table(PAIRS, ([low, high]) => plural.selectRange(low, high)),
    days: table(DAYS, (date) => day.format(new Date(date))),
  };
}

function groupsLate(language) {
  const number = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const groups = (value) => number.formatToParts(value).some(({ type }) => type === "group");
  return !groups(1501) && groups(39978);
}

const { node, icu, cldr } = process.versions;
const late = Intl.NumberFormat.supportedLocalesOf(process.argv.slice(2)).filter(groupsLate);
const languages = Object.fromEntries(Object.entries(LANGUAGES).map(([language, locale]) => [language, said(locale)]));
console.log(JSON.stringify({ made_by: { node, icu, cldr }, late, languages }, null, 1));
