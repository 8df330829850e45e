// A refusal is one sentence in plain words. Tasklist would put its own phrase and the engine's message around it.

/**
 * Prepares Tasklist's notifications. `last()` answers the last refused submission: {message, field} of our server,
 * or null; `signedOut` in it says that nobody was signed in.
 */
export function speakPlainly(last) {
  window.angular.module('cam.tasklist').config(['$provide', provide => {
    provide.decorator('Notifications', ['$delegate', '$injector', (notifications, injector) => {
      const text = key => injector.get('$translate').instant(key);
      const addError = notifications.addError;
      notifications.addError = function (error) {
        const refusal = last();
        if (refusal?.signedOut && ['COMPLETE_ERROR', 'PROCESS_START_ERROR'].some(key => error.status === text(key))) {
          return addError.call(this, { ...error, status: 'Not sent: you are signed out. Sign in in a new tab, then send it once more.', message: '' });
        }
        if (refusal && error.message === refusal.message) {
          return addError.call(this, { ...error, status: refusal.message, message: '' });
        }
        // what the engine says of its own calls when its database is away
        if (/JDBC Connection/i.test(error.message ?? '')) {
          const status = 'The database is away just now. What you typed is kept on this page: leave it open.';
          return addError.call(this, { ...error, status, message: '' });
        }
        // form-js stopped the submission: the fields themselves say what is missing
        if (!error.message && error.status === text('COMPLETE_ERROR')) {
          const wrong = document.querySelector('.fjs-form-field.fjs-has-errors input, .fjs-form-field.fjs-has-errors select, .fjs-form-field.fjs-has-errors textarea');
          wrong?.focus();
          return addError.call(this, { ...error, status: 'Please look at the fields marked in red.', duration: 8_000 });
        }
        // Camunda's phrase for an answer without words, such as after a lost session
        return addError.call(this, error.message === 'Unsuccessful HTTP response' ? { ...error, message: '' } : error);
      };
      return notifications;
    }]);
    // Tasklist lists the tasks that follow for sixteen seconds; ours opens the one that is next
    provide.decorator('assignNotification', [() => () => {}]);
  }]);
}

/** Takes the last refusal off the page: what is sent again has not been refused yet. */
export function hush() {
  window.angular.element(document.documentElement).injector().get('Notifications').clearAll();
}
