// The webapps wait seven seconds for a part of theirs and then turn their wheel for ever; on a bad line it comes later.
window.require?.config?.({ waitSeconds: 0 });
