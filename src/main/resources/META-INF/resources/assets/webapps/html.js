// Builds elements. Data only ever becomes text: nothing in these pages is parsed as HTML.

/** element('p', {class: 'x'}, 'text', child, null) */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) {
      node.addEventListener(key.slice(2), value);
    } else {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return node;
}

let count = 0;

/** An id that no other element of the page has. */
export const uniqueId = prefix => `ft-${prefix}-${++count}`;
