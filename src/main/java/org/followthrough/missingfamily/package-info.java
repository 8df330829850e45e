/**
 * Nobody knows where the family is. The police hear of it at once, everybody who knew the children is asked, and
 * somebody goes on looking until they are found. Owned by whoever is on duty.
 */
package org.followthrough.missingfamily;
