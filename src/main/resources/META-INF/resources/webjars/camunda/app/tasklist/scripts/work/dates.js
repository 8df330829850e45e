// Date fields that cannot mislead: under each stands the date in words, so that a slip of day and month is seen at
// once; 30/02/2024 is refused instead of becoming 1 March; what is on the screen is what is sent. The calendar's week
// begins on Monday.
import { onForm } from './forms.js';
import { element } from '../../../../../assets/webapps/html.js';
import { longDay } from '../../../../../assets/webapps/words.js';

export const watchDates = () => onForm(({ form, container }) => () => {
  const draw = () => requestAnimationFrame(() => fieldsOf(form, container).forEach(echo));
  form.on('changed', draw);
  draw();
  container.addEventListener('focusout', event => {
    const field = fieldsOf(form, container).find(one => one.home.contains(event.target));
    // form-js takes over what was typed a moment later, and at times forgets what was typed quickly: the text stands in
    // the field and is not sent. More than once, because each reading builds on the one before.
    if (field) [0, 80, 200].forEach(wait => setTimeout(() => agree(field), wait));
  });
});

/** The date fields of a form: {home, date, time, value(), subtype, plain}. */
function fieldsOf(form, container) {
  const paths = form.get('pathRegistry');
  return form.get('formFieldRegistry').getAll()
    .filter(field => field.type === 'datetime' && field.subtype !== 'time')
    .map(field => {
      const date = container.querySelector(`input[id$="-${CSS.escape(field.id)}-date"]`);
      return date && {
        date,
        time: container.querySelector(`input[id$="-${CSS.escape(field.id)}-time"]`),
        home: date.closest('.fjs-form-field'),
        value: () => paths.getValuePath(field).reduce((part, key) => part?.[key], form._getState().data),
        plain: field.subtype === 'date' || field.timeSerializingFormat === 'no_timezone',
      };
    })
    .filter(Boolean);
}

function echo(field) {
  const calendar = field.date._flatpickr;
  if (calendar && calendar.l10n.firstDayOfWeek !== 1) {
    calendar.set('locale', { firstDayOfWeek: 1 });
    calendar.set('ariaDateFormat', 'l j F Y');
    calendar.config.parseDate = text => read(text, field);
  }
  let words = field.home.querySelector('.ft-echo');
  if (!words) {
    words = element('p', { class: 'ft-echo', 'aria-live': 'polite' });
    field.home.append(words);
  }
  const day = /^\d{4}-\d{2}-\d{2}/.exec(field.value() ?? '')?.[0];
  const refused = !field.date.value && field.date.refused;
  const said = day ? longDay(day) : refused ? `“${refused}” is not a date. Write day/month/year, such as 1/12/2026.` : '';
  words.classList.toggle('ft-echo-refused', !day && Boolean(refused));
  if (words.textContent !== said) words.textContent = said;
}

/**
 * The day that was written as day/month/year, or undefined: there is no month 13, and a 30 February never becomes 2 March.
 * "25" is 2025, "97" 1997: dates of birth lie behind us, expected dates just ahead.
 */
export function written(text, today = new Date()) {
  const [, day, month, typedYear] = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\s*$/.exec(text) ?? [];
  const year = typedYear?.length === 2 ? century(+typedYear, today.getFullYear()) : +typedYear;
  const date = new Date(year, month - 1, +day);
  return date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === +day ? date : undefined;
}

const century = (year, now) => 2000 + year <= now + 5 ? 2000 + year : 1900 + year;

function read(text, field) {
  const date = written(text);
  field.date.refused = date ? null : String(text).trim();
  if (!date) requestAnimationFrame(() => echo(field));
  return date;
}

/** Makes the form's value what its inputs show. */
function agree(field) {
  if (!field.plain || !field.home.isConnected || field.home.contains(document.activeElement)) return;
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(field.date.value) ?? [];
  const value = field.value() ?? '';
  if (day && value.slice(0, 10) !== `${year}-${month}-${day}`) {
    field.date._flatpickr?.setDate(field.date.value, true);
  }
  if (day && field.time?.value && !value.slice(11).startsWith(field.time.value)) {
    field.time.dispatchEvent(new Event('input'));
    setTimeout(() => field.time.dispatchEvent(new FocusEvent('focusout')), 30);
  }
}
