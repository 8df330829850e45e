// A refusal is one sentence in plain words. Tasklist would put its own phrase and the engine's message around it.

/**
 * Prepares Tasklist's notifications. `last()` answers the last refused submission: {message, field} of our server,
 * or null.
 */
export function speakPlainly(last) {
  window.angular.module('cam.tasklist').config(['$provide', provide => {
    provide.decorator('Notifications', ['$delegate', '$injector', (notifications, injector) => {
      const addError = notifications.addError;
      notifications.addError = function (error) {
        const refusal = last();
        if (refusal && error.message === refusal.message) {
          return addError.call(this, { ...error, status: refusal.message, message: '' });
        }
        // form-js stopped the submission: the fields themselves say what is missing
        if (!error.message && error.status === injector.get('$translate').instant('COMPLETE_ERROR')) {
          const wrong = document.querySelector('.fjs-form-field.fjs-has-errors input, .fjs-form-field.fjs-has-errors select, .fjs-form-field.fjs-has-errors textarea');
          wrong?.focus();
          return addError.call(this, { ...error, status: 'Please look at the fields marked in red.' });
        }
        return addError.call(this, error);
      };
      return notifications;
    }]);
    // Tasklist lists the tasks that follow for sixteen seconds; ours opens the one that is next
    provide.decorator('assignNotification', [() => () => {}]);
  }]);
}
