// Finds the Camunda Forms that Tasklist draws. Tasklist keeps them to itself, but the class they are made of lives in
// Camunda's bundle: taking hold of its `importSchema` gives every form at the moment it gets its fields and data.

// module of camunda-webapp-webjar 7.24.0's deps.js that exports form-js; looked for by its look when it moves
const FORM_JS = 57661;

const listeners = [];

/**
 * Calls `open({form, container, taskId, prefill})` for each form before it is filled. taskId is undefined for start
 * forms. `prefill(values)` puts values over those that the server sent. What `open` answers, if anything, is called
 * once the form is drawn.
 */
export const onForm = open => listeners.push(open);

/** Begins to watch. Answers whether forms can be seen at all; false means that no draft is kept, which the worker must be told. */
export function watchForms() {
  const Form = find();
  if (!Form) {
    console.error('Follow Through: Camunda’s form library was not found; drafts are not kept');
    return false;
  }
  const { importSchema } = Form.prototype;
  Form.prototype.importSchema = async function (schema, data) {
    const container = this._container?.closest('[cam-tasklist-form-camunda]');
    if (!container) {
      return importSchema.call(this, schema, data);
    }
    let values = data ?? {};
    const drawn = listeners.map(open => open({
      form: this, container, taskId: taskOf(container),
      prefill: more => { values = { ...values, ...more }; },
    }));
    const answer = await importSchema.call(this, schema, values);
    drawn.filter(Boolean).forEach(then => then());
    return answer;
  };
  return true;
}

/** The values of all fields that take an answer, also of those a condition hides just now. */
export function valuesOf(form) {
  const fields = form.get('formFieldRegistry').getAll();
  const paths = form.get('pathRegistry');
  const types = form.get('formFields');
  const { data } = form._getState();
  const values = {};
  for (const field of fields) {
    if (!types.get(field.type)?.config.keyed || field.disabled || field.readonly === true || field.type === 'expression') {
      continue;
    }
    const key = paths.getValuePath(field)?.[0];
    if (key !== undefined && data?.[key] !== undefined) {
      values[key] = data[key];
    }
  }
  return values;
}

function find() {
  let load = null;
  (self.webpackChunkcamunda_bpm_webapp ??= []).push([['follow-through'], {}, require => { load = require; }]);
  const formIn = id => {
    try {
      const { Form } = load(id);
      return typeof Form?.prototype?.importSchema === 'function' ? Form : null;
    } catch (notThere) {
      return null;
    }
  };
  if (!load) return null;
  return (load.m[FORM_JS] && formIn(FORM_JS))
    ?? Object.keys(load.m).filter(id => /\.createForm ?=/.test(load.m[id])).map(formIn).find(Boolean);
}

function taskOf(container) {
  return window.angular.element(container).inheritedData('$camTasklistFormController')?.getParams()?.taskId;
}
