// The menus of a case: what everybody may begin for the family, and what a manager may correct; each with its few questions.
import { call, Refused, SignedOut } from '../../../../../assets/webapps/server.js';
import { element, uniqueId } from '../../../../../assets/webapps/html.js';
import { openTask } from './next.js';

/**
 * A menu for a case's subject (see case.js): with `acting` what everybody may do, else what a manager may correct;
 * `again(words)` reloads the case and says the words.
 */
export function changeMenu(subject, again, acting) {
  const id = uniqueId('change');
  const choices = element('div', { class: 'ft-choices', id, hidden: true });
  const opener = element('button', {
    type: 'button', class: 'ft-button', 'aria-expanded': 'false', 'aria-controls': id, onclick: () => toggle(),
  }, acting ? 'Do something for this family…' : 'Change this case…');
  const box = element('div', { class: 'ft-change' }, opener, choices);

  async function toggle(open = choices.hidden) {
    choices.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (!open || choices.childElementCount) return;
    choices.replaceChildren(element('p', { class: 'ft-quiet' }, 'Fetching what can be done…'));
    try {
      const possible = (await call('GET', `api/${subject}/changes`)).filter(change => change.acting === acting);
      choices.replaceChildren(possible.length ? menu(possible) : element('p', {}, 'Nothing can be done here now.'));
      choices.querySelector('button')?.focus();
    } catch (failure) {
      choices.replaceChildren();
      choices.append(element('p', { class: 'ft-problem', role: 'alert' }, sentence(failure)));
    }
  }

  const menu = possible => element('ul', { class: 'ft-menu' }, possible.map(change => element('li', {},
    element('button', { type: 'button', class: 'ft-link', onclick: event => fill(change, event.currentTarget) }, change.label),
    change.help ? element('span', { class: 'ft-sub' }, change.help) : null)));

  function fill(change, chosen) {
    const list = choices.firstElementChild;
    const form = changeForm(subject, change, {
      done: begun => begun?.taskId ? openTask(begun.taskId) : again([`Done: ${change.label.replace(/…$/, '')}.`, ...begun?.said ?? []].join(' ')),
      back: () => { form.remove(); list.hidden = false; chosen.focus(); },
    });
    // the list stays behind the form: choosing again loses nothing of it
    list.hidden = true;
    choices.append(form);
    form.querySelector('input, select, textarea')?.focus();
  }
  return box;
}

function changeForm(subject, change, { done, back }) {
  const fields = change.fields.map(fieldOf);
  const problem = element('div', { role: 'alert' });
  const send = element('button', { type: 'submit', class: 'ft-button ft-primary' }, change.label.replace(/…$/, ''));
  const form = element('form', { class: 'ft-form', novalidate: true, onsubmit: submit },
    element('h4', {}, change.label.replace(/…$/, '')),
    change.help ? element('p', {}, change.help) : null,
    fields.map(field => field.node), problem,
    element('p', { class: 'ft-buttons' }, send, element('button', { type: 'button', class: 'ft-button', onclick: back }, 'Not now')));
  let sending = false;

  async function submit(event) {
    event.preventDefault();
    if (sending) return;
    problem.replaceChildren();
    fields.forEach(field => field.complain(null));
    const missing = fields.filter(field => field.required && isEmpty(field.value()));
    if (missing.length) {
      missing.forEach(field => field.complain('Please answer this.'));
      missing[0].focus();
      return;
    }
    sending = true;
    send.setAttribute('aria-disabled', 'true');
    try {
      done(await call('POST', `api/${subject}/changes/${encodeURIComponent(change.id)}`,
        Object.fromEntries(fields.map(field => [field.key, field.value()]))));
    } catch (failure) {
      const at = failure instanceof Refused && fields.find(field => field.key === failure.field);
      if (at) {
        at.complain(sentence(failure));
        at.focus();
      } else {
        problem.append(element('p', { class: 'ft-problem' }, sentence(failure)));
      }
    } finally {
      sending = false;
      send.removeAttribute('aria-disabled');
    }
  }
  return form;
}

const isEmpty = value => value === '' || value === null || Array.isArray(value) && !value.length;

function sentence(failure) {
  if (failure instanceof SignedOut) {
    return 'You are signed out. Sign in again in another tab of this browser, then send this once more: what you typed stays here.';
  }
  if (failure instanceof Refused) {
    return failure.message || 'This was not accepted.';
  }
  return 'The connection is lost. What you typed stays here: send it again in a moment.';
}

/** One question: {key, required, node, value(), complain(sentence|null), focus()}. */
function fieldOf({ key, label, type, required, help, options }) {
  const id = uniqueId('field');
  const errorId = `${id}-error`;
  const helpId = `${id}-help`;
  const text = [label, required ? null : element('span', { class: 'ft-optional' }, ' (if you want)')];
  const described = hint => ({ 'aria-describedby': `${hint ? helpId + ' ' : ''}${errorId}` });
  const error = element('p', { id: errorId, class: 'ft-field-error' });
  const hint = [help, type === 'date' || type === 'datetime' ? 'day/month/year, such as 1/12/2026' : null].filter(Boolean).join(' ');
  const helpNode = hint ? element('p', { id: helpId, class: 'ft-sub' }, hint) : null;
  const named = { id, name: key, required: required ? true : null, ...described(hint) };

  let node;
  let value;
  let first;
  if (type === 'checklist') {
    const boxes = (options ?? []).map(option => {
      const box = element('input', { type: 'checkbox', name: key, value: option.value, id: uniqueId('box') });
      return { box, node: element('div', { class: 'ft-check' }, box, element('label', { for: box.id }, option.label)) };
    });
    node = element('fieldset', { class: 'ft-field', ...described(hint) }, element('legend', {}, text), helpNode, error,
      boxes.map(one => one.node));
    value = () => boxes.filter(one => one.box.checked).map(one => one.box.value);
    first = boxes[0]?.box;
  } else if (type === 'date' || type === 'datetime') {
    // three plain boxes are read the same way by everybody and every browser
    const part = (name, width, maximum) => {
      const input = element('input', { id: name === 'Day' ? id : uniqueId('part'), inputmode: 'numeric', maxlength: maximum, class: `ft-part ft-part-${width}`, autocomplete: 'off', ...described(hint) });
      return { input, node: element('div', { class: 'ft-part-box' }, element('label', { for: input.id }, name), input) };
    };
    const parts = [part('Day', 2, 2), part('Month', 2, 2), part('Year', 4, 4)];
    const clock = type === 'datetime' ? part('Time (24 hours)', 5, 5) : null;
    clock?.input.setAttribute('inputmode', 'text');
    clock?.input.setAttribute('placeholder', '14:30');
    node = element('fieldset', { class: 'ft-field' }, element('legend', {}, text), helpNode, error,
      element('div', { class: 'ft-parts' }, parts.map(one => one.node), clock?.node));
    value = () => dateValue(parts.map(one => one.input.value.trim()), clock?.input.value.trim());
    first = parts[0].input;
  } else {
    const input = type === 'textarea' ? element('textarea', { ...named, rows: 4, class: 'ft-input' })
      : type === 'select' ? element('select', { ...named, class: 'ft-input' },
        element('option', { value: '' }, 'Please choose'),
        (options ?? []).map(option => element('option', { value: option.value }, option.label)))
        : element('input', { ...named, type: 'text', class: 'ft-input', autocomplete: 'off' });
    node = element('div', { class: 'ft-field' }, element('label', { for: id }, text), helpNode, error, input);
    value = () => input.value;
    first = input;
  }
  return {
    key, required, node, value,
    focus: () => first?.focus(),
    complain: words => {
      error.textContent = words ?? '';
      node.classList.toggle('ft-wrong', Boolean(words));
      node.querySelectorAll('input:not([type=checkbox]), select, textarea').forEach(input =>
        words ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid'));
    },
  };
}

/**
 * "2026-12-01" or "2026-12-01T14:30"; '' when nothing is typed. What is not a date is sent as it was typed, so that
 * the server's sentence is about it and nothing is guessed.
 */
function dateValue([dayPart, month, year], clock) {
  if (!dayPart && !month && !year && !clock) return '';
  const whole = /^\d{1,2}$/.test(dayPart) && /^\d{1,2}$/.test(month) && /^\d{4}$/.test(year);
  const date = whole ? `${year}-${month.padStart(2, '0')}-${dayPart.padStart(2, '0')}` : `${dayPart}/${month}/${year}`;
  return clock === undefined ? date : clock ? `${date}T${clock.padStart(5, '0')}` : date;
}
