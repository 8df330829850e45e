// The card's line once more, under the heading of the open task: whoever fills a form sees whose family it is.
import { card, showCard } from './cards.js';
import { element } from '../../../../../assets/webapps/html.js';

const openTask = () => new URLSearchParams(location.hash.split('?')[1]).get('task');

export function showHeadline() {
  const show = () => {
    const names = document.querySelector('section.task-card > header .names');
    const taskId = openTask();
    if (!names || !taskId) return;
    let line = names.parentElement.querySelector('.ft-card');
    if (!line) {
      line = element('p', { class: 'ft-card' });
      names.after(line);
    }
    if (line.dataset.task !== taskId) {
      line.dataset.task = taskId;
      line.replaceChildren();
      showCard(line, taskId);
      // what a second person must do is not offered to the first
      Promise.resolve(card(taskId)).then(shown =>
        line.closest('section.task-card')?.classList.toggle('ft-not-for-you', Boolean(shown?.notForYou)));
    }
  };
  window.addEventListener('hashchange', show);
  new MutationObserver(show).observe(document.querySelector('.site-wrap') ?? document.body, { childList: true, subtree: true });
}
