// What a form needs beside its fields: who may send it, fields that tell a screen reader what is required or wrong, and
// lists that open.
import { card } from './cards.js';
import { onForm } from './forms.js';
import { element } from '../../../../../assets/webapps/html.js';

const injector = () => window.angular.element(document.documentElement).injector();

export const assistForms = () => onForm(({ form, container }) => () => {
  const mark = () => requestAnimationFrame(() => markFields(form, container));
  form.on('changed', mark);
  mark();
  container.addEventListener('mousedown', openList, true);
  offerToClaim(container);
});

function markFields(form, container) {
  for (const field of form.get('formFieldRegistry').getAll()) {
    const required = field.validate?.required === true;
    for (const input of container.querySelectorAll(`[id*="-${CSS.escape(field.id)}"]:is(input, textarea, select)`)) {
      if (required && !input.matches('[type=radio], [type=checkbox]')) input.setAttribute('aria-required', 'true');
      const wrong = input.closest('.fjs-form-field')?.classList.contains('fjs-has-errors');
      if (wrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
  }
}

// a list that was reached with the Tab key and clicked shut does not open at a click again; a new focus opens it
function openList(event) {
  const field = event.target.closest('.fjs-form-field-select');
  const input = field?.querySelector('.fjs-select-hidden-input');
  const list = () => field.querySelector('.fjs-dropdownlist');
  if (!input || list()) return;
  setTimeout(() => {
    if (document.activeElement === input && !list()) {
      input.blur();
      setTimeout(() => input.focus(), 30);
    }
  }, 60);
}

// Tasklist lets everybody type into a task that is nobody's and only then shows a button that cannot be pressed
function offerToClaim(container) {
  const form = window.angular.element(container).inheritedData('$camTasklistFormController');
  const taskId = form?.getParams()?.taskId;
  if (!taskId) return;
  const root = injector().get('$rootScope');
  let note = null;
  // looked for at each digest: after a task was given back Tasklist draws its own link a moment later
  const state = () => !container.isConnected ? 'gone' : !form.getOptions().disableCompleteButton ? 'mine'
    : document.querySelector('[cam-tasklist-task-meta] .claim') ? 'free' : 'taken';
  const stop = root.$watch(state, now => {
    note?.remove();
    note = null;
    if (now === 'gone') {
      stop();
    } else if (now !== 'mine') {
      const free = now === 'free';
      const mine = element('p', { class: 'ft-take', role: 'status' }, free
        ? ['Nobody has this task yet. ', element('button', {
          type: 'button', class: 'ft-button', onclick: () => root.$apply(() => root.$broadcast('shortcut:claimTask')),
        }, 'Claim it'), ' to complete it: others then see that you are on it.']
        : 'Somebody else has this task: you can read it, but only they can complete it.');
      note = mine;
      container.before(note);
      if (free) {
        Promise.resolve(card(taskId)).then(shown => shown?.notForYou && note === mine
          && mine.replaceChildren(element('strong', {}, 'Somebody else must do this. '), shown.notForYou));
      }
    }
  });
}
