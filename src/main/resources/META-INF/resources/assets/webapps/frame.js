// What Tasklist, Cockpit, Admin and Welcome have in common: the environment's marking on top, one way out
// (our sign-in page), and what happens when the session is lost.
import { address, SignedOut, whoIsHere } from './server.js';

const BACK = 'follow-through.back';

/** On this channel every page of ours tells the others that it found somebody signed in. */
export const SIGNED_IN = 'follow-through.signed-in';

const TEXTS = {
  // the marking comes from the server, see below
  BANNER_CE_EOL_TEXT: ' ',
  SIGN_OUT_ACTION: 'Sign out',
  CAM_WIDGET_HEADER_SIGN_OUT: 'Sign out',
  SIGN_OUT: 'Sign out',
  AUTH_FAILED_TO_DISPLAY_RESOURCE: 'You are signed out',
  AUTH_AUTHENTICATION_FAILED: 'Please sign in again.',
  CAM_WIDGET_FOOTER_TIMEZONE: 'Times on this page follow this computer’s time zone:',
};

let whatNow = () => leave('login?expired');

/** To be called whenever a call finds that nobody is signed in. */
export const sessionLost = () => whatNow();

/** Who is signed in: {user, name, banner, asked}, or null. Asked once per page. */
export const session = whoIsHere().then(who => {
  new BroadcastChannel(SIGNED_IN).postMessage(who.user);
  return who;
}).catch(failure => {
  if (failure instanceof SignedOut) {
    sessionLost();
  }
  return null;
});

/**
 * Frames the webapp. `stay` is asked when the session is lost: answering true keeps the page (and what is typed
 * in it) as it is; `whenLost` then tells the worker. `beforeLogout` is awaited before the session ends; `texts` are
 * laid over Camunda's own, by the keys of its locales. To be awaited, so that the webapp starts framed.
 */
export async function frame({ stay = () => false, whenLost = () => {}, beforeLogout = async () => {}, texts = {} } = {}) {
  document.documentElement.lang = 'en-GB';
  whatNow = () => stay() ? whenLost() : leave('login?expired');
  showMarking();
  comeBack();

  const base = document.querySelector('base');
  const name = base.getAttribute('app-name');
  const app = window.angular.module(`cam.${name}`);
  const labels = await fetch(`${base.getAttribute('app-root')}/app/${name}/locales/en.json`)
    .then(answer => answer.json()).then(content => content.labels).catch(() => null);

  // Camunda's own sign-in form would take the form being filled off the page. Its events are stopped where they
  // are sent, so that nothing on the page reacts to a lost session before we have decided.
  app.run(['$rootScope', root => {
    const broadcast = root.$broadcast;
    let known = root.authentication;
    const silenced = name => ({ name, targetScope: root, defaultPrevented: true, preventDefault() {} });
    root.$broadcast = function (name, ...rest) {
      if (name === 'authentication.logout.success') {
        leave('login?logout');
        return silenced(name);
      }
      if (name === 'authentication.changed') {
        if (!rest[0]) {
          return silenced(name);
        }
        known = rest[0];
      }
      if (name === 'authentication.login.required') {
        root.authentication = known;
        sessionLost();
        return silenced(name);
      }
      return broadcast.call(this, name, ...rest);
    };
  }]).config(['$provide', '$translateProvider', (provide, translations) => {
    // Camunda keeps its texts in the browser's storage and shows those of the last release first: ours go over both
    const ours = { ...TEXTS, ...texts };
    if (labels) {
      // all of them before anything is drawn: a page drawn earlier would show keys
      translations.translations('en', { ...labels, ...ours });
    }
    provide.decorator('localeLoader', ['$delegate', load => options =>
      load(options).then(theirs => ({ ...theirs, ...ours }))]);
    provide.decorator('AuthenticationService', ['$delegate', service => {
      const logout = service.logout;
      service.logout = (...rest) => beforeLogout().catch(() => {}).then(() => logout.apply(service, rest));
      return service;
    }]);
  }]);
}

let leaving = false;

/** Leaves for one of our own pages; after an expired session the way back is remembered for this tab. */
export function leave(path) {
  if (leaving) return;
  leaving = true;
  if (path === 'login?expired') {
    // of the address only what names a place: a search in it could hold a name
    const [route, search = ''] = location.hash.replace(/^#/, '').split('?');
    const kept = new URLSearchParams([...new URLSearchParams(search)]
      .filter(([key]) => ['task', 'filter', 'detailsTab'].includes(key)));
    session.then(who => {
      sessionStorage.setItem(BACK, JSON.stringify({ user: who?.user, path: location.pathname, hash: `#${route}?${kept}` }));
      location.assign(address(path));
    });
  } else {
    sessionStorage.removeItem(BACK);
    location.assign(address(path));
  }
}

async function comeBack() {
  const kept = sessionStorage.getItem(BACK);
  const who = await session;
  if (!kept || !who) {
    return;
  }
  sessionStorage.removeItem(BACK);
  const back = JSON.parse(kept);
  // on a shared computer the next one to sign in may be somebody else
  if (back.user !== who.user) {
    return;
  }
  if (back.path !== location.pathname) {
    // Camunda gives all requests of one moment the same script nonce: a page asked for while another is still loading
    // can arrive with the wrong one and stay blank
    if (document.readyState !== 'complete') {
      await new Promise(loaded => window.addEventListener('load', loaded));
    }
    setTimeout(() => location.replace(back.path + back.hash), 500);
  } else if (!location.hash.includes('task=')) {
    location.hash = back.hash;
  }
}

async function showMarking() {
  const marking = (await session)?.banner ?? '';
  const fill = () => {
    const banner = document.querySelector('.ce-eol-banner');
    if (banner && banner.textContent !== marking) {
      banner.textContent = marking;
    }
  };
  fill();
  // the header is drawn anew at times
  new MutationObserver(fill).observe(document.querySelector('[cam-widget-header]') ?? document.body,
    { childList: true, subtree: true });
}
