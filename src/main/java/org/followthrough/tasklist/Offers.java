package org.followthrough.tasklist;

import java.util.List;
import org.followthrough.page.Matter;

/** What one chapter of the work offers in <i>Do something for this family…</i>, in the order of its annotation. */
interface Offers {

  /** What may be begun for a family now; nothing where nothing fits. */
  List<Change> offered(Matter matter);
}
