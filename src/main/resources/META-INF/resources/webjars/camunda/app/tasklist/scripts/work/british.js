// Form dates are British whatever the browser: an en-US browser would read 01/12/2026 as 12 January, and a child's
// date would be wrong by months. form-js asks for the format of the locale 'default'.
const Browsers = Intl.DateTimeFormat;

function DateTimeFormat(locale, options) {
  return new Browsers(locale === undefined || locale === 'default' ? 'en-GB' : locale, options);
}
DateTimeFormat.prototype = Browsers.prototype;
DateTimeFormat.supportedLocalesOf = Browsers.supportedLocalesOf;
Intl.DateTimeFormat = DateTimeFormat;
