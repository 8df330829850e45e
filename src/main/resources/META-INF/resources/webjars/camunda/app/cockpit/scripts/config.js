// Shadows Camunda Cockpit's configuration.
import '../../../../assets/webapps/patience.js';

export default {
  app: { vendor: 'Follow Through', name: 'Cockpit' },
  customScripts: ['scripts/follow-through'],
  locales: { availableLocales: ['en'], fallbackLocale: 'en' },
  disableWelcomeMessage: true,
};
