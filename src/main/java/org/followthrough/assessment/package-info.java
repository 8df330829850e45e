/** <b>Assessment</b>: to be told by whoever builds this road; a story of five lines about people, what they do and who is asked when. */
package org.followthrough.assessment;
