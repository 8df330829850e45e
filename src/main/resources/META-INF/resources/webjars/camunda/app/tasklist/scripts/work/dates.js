// Under every date field stands the date in words, so that a slip of day and month is seen at once. The calendar's
// week begins on Monday.
import { onForm } from './forms.js';
import { element } from './html.js';
import { longDay } from './words.js';

export const echoDates = () => onForm(({ form, container }) => () => {
  const draw = () => requestAnimationFrame(() => echo(form, container));
  form.on('changed', draw);
  draw();
});

function echo(form, container) {
  const { data } = form._getState();
  for (const field of form.get('formFieldRegistry').getAll()) {
    if (field.type !== 'datetime' || field.subtype === 'time') continue;
    const input = container.querySelector(`input[id$="${CSS.escape(field.id)}-date"]`);
    if (!input) continue;
    mondayFirst(input);
    const home = input.closest('.fjs-form-field');
    let words = home.querySelector('.ft-echo');
    if (!words) {
      words = element('p', { class: 'ft-echo', 'aria-live': 'polite' });
      home.append(words);
    }
    const value = form.get('pathRegistry').getValuePath(field).reduce((part, key) => part?.[key], data);
    const day = /^\d{4}-\d{2}-\d{2}/.exec(value ?? '')?.[0];
    const said = day ? longDay(day) : '';
    if (words.textContent !== said) words.textContent = said;
  }
}

function mondayFirst(input) {
  const calendar = input._flatpickr;
  if (calendar && calendar.l10n.firstDayOfWeek !== 1) {
    calendar.set('locale', { firstDayOfWeek: 1 });
    calendar.set('ariaDateFormat', 'l j F Y');
  }
}
