// Small repairs of Tasklist's own page for people who use a keyboard or a screen reader.

const NAMES = [
  ['.region-toggle', node => `${node.dataset.region ?? 'column'}: show or hide`],
  ['.maximize', () => 'Show the task alone'],
  ['.reset-regions', () => 'Show all columns again'],
  ['.new-sort > .dropdown-toggle', () => 'Add a sorting'],
  ['a.sort-direction', () => 'Turn the order round'],
  ['.sorting-choice .glyphicon-remove-sign', () => 'Remove this sorting'],
  ['.shutter.actions > a', () => 'Show more or less of this task'],
  ['.instance-link', () => 'Open in Cockpit'],
  ['.navbar-toggle', () => 'Menu'],
  ['.notifications .close', () => 'Close this message'],
  ['[cam-widget-clipboard] a', () => 'Copy the link'],
  ['.small-screen-warning .glyphicon', () => 'This page is made for larger screens'],
];

export function tidy() {
  let planned = false;
  const repair = () => {
    planned = false;
    for (const [selector, name] of NAMES) {
      for (const node of document.querySelectorAll(selector)) {
        if (!node.textContent.trim() && !node.getAttribute('aria-label') || node.matches('.close') && !node.getAttribute('aria-label')) {
          node.setAttribute('aria-label', name(node));
        }
      }
    }
  };
  new MutationObserver(() => {
    if (!planned) {
      planned = true;
      requestAnimationFrame(repair);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}
