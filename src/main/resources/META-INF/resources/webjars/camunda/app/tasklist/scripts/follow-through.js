// Follow Through in Tasklist: whose family a task is about, drafts that are never lost, British dates, one way out.
import { frame, session, sessionLost } from '../../../../assets/webapps/frame.js';
import { assistForms } from './work/assist.js';
import { listen, onSubmit } from './work/calls.js';
import { cards, forget } from './work/cards.js';
import { caseTab } from './work/case.js';
import { watchDates } from './work/dates.js';
import {
  completed, completing, isFilling, keepDrafts, keepNone, keepOutOfStorage, notCompleted, saveAll, signedOut,
} from './work/drafts.js';
import { findLink, findPage } from './work/find.js';
import { watchForms } from './work/forms.js';
import { showHeadline } from './work/headline.js';
import { lateLink, latePage } from './work/late.js';
import { focusOnNextForm, goOn } from './work/next.js';
import { hush, speakPlainly } from './work/refusals.js';
import { texts } from './work/texts.js';
import { tidy } from './work/tidy.js';

keepOutOfStorage();
await frame({ stay: isFilling, whenLost: signedOut, beforeLogout: saveAll, texts });

let refusal = null;
listen(sessionLost);
onSubmit(({ taskId, state, status, answer }) => {
  if (state === 'sent') {
    refusal = null;
    hush();
    completing(taskId);
  } else if (state === 'done') {
    completed(taskId);
    forget();
    goOn({ taskId, instance: answer?.id });
  } else {
    refusal = status === 401 ? { ...answer, signedOut: true } : answer?.type === 'Refusal' ? answer : null;
    notCompleted(taskId);
  }
});
speakPlainly(() => refusal);

keepDrafts();
watchDates();
assistForms();
focusOnNextForm();
if (!watchForms()) {
  keepNone();
}
showHeadline();
tidy();
session.then(who => document.body.classList.toggle('ft-manages', Boolean(who?.manages)));

export default [cards, caseTab, lateLink, latePage, findLink, findPage];
