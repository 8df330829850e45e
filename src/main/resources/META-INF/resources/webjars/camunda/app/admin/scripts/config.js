// Shadows Camunda Admin's configuration.
import '../../../../assets/webapps/patience.js';

export default {
  app: { vendor: 'Follow Through', name: 'Admin' },
  customScripts: ['scripts/follow-through'],
  locales: { availableLocales: ['en'], fallbackLocale: 'en' },
  disableWelcomeMessage: true,
};
