// After a form is submitted the worker's next page opens by itself, so that "add another" follows without a hunt
// through the list; the keyboard is in its first field.
import { call } from '../../../../../assets/webapps/server.js';
import { onForm } from './forms.js';

let expected = null;

/** Opens the page that follows on {taskId} or on the started {instance}. */
export async function goOn({ taskId, instance }) {
  let next = null;
  try {
    next = await call('GET', taskId ? `api/next?after=${encodeURIComponent(taskId)}` : `api/next?started=${encodeURIComponent(instance)}`);
  } catch (failure) {
    // the task is in the list all the same
  }
  if (next?.taskId) {
    expected = next.taskId;
    openTask(next.taskId);
  } else {
    // nothing follows: the keyboard goes back to the list instead of nowhere
    setTimeout(() => document.activeElement === document.body
      && document.querySelector('.tasks-list a, .task-filters .content a')?.focus(), 300);
  }
}

/** Shows a task, also from a page that is none of the list's. */
export function openTask(taskId) {
  const injector = window.angular.element(document.documentElement).injector();
  injector.get('$rootScope').$evalAsync(() => {
    const address = injector.get('$location');
    const { detailsTab, ...kept } = address.search();
    address.path('/').search({ ...kept, task: taskId });
  });
}

export const focusOnNextForm = () => onForm(({ container, taskId }) => () => {
  if (taskId && taskId === expected) {
    expected = null;
    focusFirst(container);
  }
});

function focusFirst(container) {
  const focus = () => {
    const first = container.querySelector('input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled])');
    if (!first || container.contains(document.activeElement)) return;
    container.closest('.task-details, .columns, section')?.scrollTo?.(0, 0);
    first.focus({ preventScroll: true });
    // a date's calendar would cover the page that just opened
    first._flatpickr?.close();
  };
  setTimeout(focus, 60);
  // Tasklist puts the focus on "Start process" when its window has closed
  setTimeout(focus, 500);
}
