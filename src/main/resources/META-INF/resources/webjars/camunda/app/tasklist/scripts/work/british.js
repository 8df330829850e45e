// Form dates are British whatever the browser: an en-US browser would read 01/12/2026 as 12 January, and a child's
// date would be wrong by months. form-js asks for the format of the locale 'default'.
const Browsers = Intl.DateTimeFormat;

function DateTimeFormat(locale, options) {
  return new Browsers(locale === undefined || locale === 'default' ? 'en-GB' : locale, options);
}
DateTimeFormat.prototype = Browsers.prototype;
DateTimeFormat.supportedLocalesOf = Browsers.supportedLocalesOf;
Intl.DateTimeFormat = DateTimeFormat;

// A day is that day everywhere. JavaScript reads "2024-02-29" as midnight in London, which is still 28 February on a
// computer set to New York; form-js, which reads and writes its dates again and again, would lose a day each time.
const { parse } = Date;
Date.parse = text => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const read = parse(text);
  return year && !Number.isNaN(read) ? new Date(+year, month - 1, +day).getTime() : read;
};
