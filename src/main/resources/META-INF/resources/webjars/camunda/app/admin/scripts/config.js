// Shadows Camunda Admin's configuration.
export default {
  app: { vendor: 'Follow Through', name: 'Admin' },
  customScripts: ['scripts/follow-through'],
  locales: { availableLocales: ['en'], fallbackLocale: 'en' },
  disableWelcomeMessage: true,
};
