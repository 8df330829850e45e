/**
 * A family arrives from another authority. We hear of it as of any child, look whether we know them, take in
 * everything known, and answer. Until we have accepted in writing the other authority is responsible, and we
 * protect any child who is here. Owned by the front door, then by the team.
 */
package org.followthrough.familyarrival;
