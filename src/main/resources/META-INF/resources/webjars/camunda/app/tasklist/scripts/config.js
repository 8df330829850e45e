// Shadows Camunda Tasklist's configuration. Form dates must be British before anything asks for a date format,
// and this file is the first that Tasklist loads.
import './work/british.js';
import '../../../../assets/webapps/patience.js';

export default {
  // both words together are what the header and the browser's tab show
  app: { vendor: 'Follow', name: 'Through' },
  customScripts: ['scripts/follow-through'],
  locales: { availableLocales: ['en'], fallbackLocale: 'en' },
  disableWelcomeMessage: true,
  assignProcessInstanceIdToTaskComment: true,
  shortcuts: {
    claimTask: { key: 'ctrl+alt+c', description: 'takes the selected task' },
    focusFilter: { key: 'ctrl+shift+f', description: 'goes to the first list of tasks' },
    focusList: { key: 'ctrl+alt+l', description: 'goes to the first task in the list' },
    focusForm: { key: 'ctrl+alt+f', description: 'goes to the first field of the form' },
    startProcess: { key: 'ctrl+alt+p', description: 'starts something new' },
  },
};
