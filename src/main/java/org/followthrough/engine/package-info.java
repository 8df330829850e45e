/**
 * The process engine as we run it: its configuration, its guards, its deployer. The only code that knows engine
 * internals; everything else uses the public API.
 */
package org.followthrough.engine;
