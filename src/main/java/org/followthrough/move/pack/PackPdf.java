package org.followthrough.move.pack;

import static org.followthrough.move.pack.PackWords.day;
import static org.followthrough.move.pack.PackWords.list;
import static org.followthrough.move.pack.PackWords.moment;
import static org.followthrough.move.pack.PackWords.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.extend.FSTextBreaker;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.followthrough.move.pack.PackWords.Section;
import org.followthrough.move.pack.PackWords.Told;
import org.followthrough.page.Answer;
import org.followthrough.page.Words;
import org.followthrough.people.AddressBook;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * A pack on paper. The first page says who the children are, why they move, what keeps them safe now and whom to ring; then what must
 * change, what is open, who has seen them last, what was decided, and everything that has happened, the newest first.
 */
@Component
public class PackPdf {

  private static final int LAST_VISITS = 5;
  /** What XML cannot hold. */
  private static final Pattern NOT_ON_PAPER = Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");
  private static final Map<String, Integer> FONTS = Map.of("LiberationSans-Regular.ttf", 400, "LiberationSans-Bold.ttf", 700);

  private final ObjectMapper json;
  private final UnaryOperator<String> authorities;
  private final String banner;
  private final String style;

  PackPdf(ObjectMapper json, AddressBook addressBook, @Value("${followthrough.banner}") String banner) throws IOException {
    this.json = json;
    this.authorities = code -> Words.sentence(addressBook.called(code));
    this.banner = banner;
    this.style = new ClassPathResource("paper/pack.css").getContentAsString(StandardCharsets.UTF_8);
  }

  /**
   * The document as a PDF: tagged for readers of screens, with its fonts inside, fetching nothing from anywhere.
   *
   * @param document a pack, which says itself what it is
   */
  public byte[] of(String document) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    PdfRendererBuilder builder = new PdfRendererBuilder();
    FONTS.forEach((file, weight) -> builder.useFont(font(file), "Liberation", weight, FontStyle.NORMAL, true));
    builder.useFont(font("LiberationSans-Italic.ttf"), "Liberation", 400, FontStyle.ITALIC, true);
    builder.useUriResolver((base, uri) -> null);
    builder.useExternalResourceAccessControl((uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
    builder.useExternalResourceAccessControl((uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
    builder.usePdfUaAccessibility(true);
    builder.useFastMode();
    builder.useUnicodeLineBreaker(new AtSpaces());
    builder.withProducer("Follow Through");
    builder.withHtmlContent(page(document), null);
    builder.toStream(pdf);
    try {
      builder.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pdf.toByteArray();
  }

  /** Lines end behind a space or a hyphen, and nowhere in O’Neill or 16:30. */
  private static final class AtSpaces implements FSTextBreaker {

    private final BreakIterator lines = BreakIterator.getLineInstance(Locale.UK);
    private String text;

    @Override
    public void setText(String line) {
      text = line;
      lines.setText(line);
    }

    @Override
    public int next() {
      int end = lines.next();
      while (end != BreakIterator.DONE && end < text.length() && !Character.isWhitespace(text.charAt(end - 1))
          && "-–/".indexOf(text.charAt(end - 1)) < 0) {
        end = lines.next();
      }
      return end;
    }
  }

  private static FSSupplier<InputStream> font(String file) {
    return () -> PackPdf.class.getResourceAsStream("/liberation/" + file);
  }

  String page(String document) {
    try {
      JsonNode pack = json.readTree(document);
      return new Writing(pack.get("content"), text(pack, "sha256")).page();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No pack");
    }
  }

  /** One pack while it is written. */
  private final class Writing {

    private final JsonNode content;
    private final JsonNode move;
    private final String hash;
    private final String from;
    private final Map<String, String> names = new HashMap<>();
    private final StringBuilder html = new StringBuilder();

    Writing(JsonNode content, String hash) {
      this.content = content;
      this.move = content.get("move");
      this.hash = hash;
      this.from = text(move.get("from"), "name");
      list(content, "people").forEach(person -> names.put(text(person, "id"), name(person)));
    }

    private String name(JsonNode person) {
      JsonNode first = person.path("names").path(0);
      String said = (first.path("first").asText() + " " + first.path("last").asText()).strip();
      return !said.isEmpty() ? said : person.has("expectedOn") ? "Unborn child" : "Name not known";
    }

    private String who(String id) {
      return names.getOrDefault(id, "somebody of the family");
    }

    private List<JsonNode> children() {
      return list(content, "people").filter(person -> person.path("child").asBoolean()).toList();
    }

    String page() {
      String title = "Family pack: " + children().stream().map(this::name).collect(Collectors.joining(", "));
      html.append("<!DOCTYPE html><html lang=\"en-GB\"><head><title>").append(safe(title)).append("</title>")
          .append("<meta name=\"description\" content=\"Everything known about children who move\"/><meta name=\"author\" content=\"")
          .append(safe(from)).append("\"/>").append("<bookmarks/><style>").append(style).append("</style></head><body>")
          .append("<div class=\"marking\">").append(safe(banner)).append("</div>")
          .append("<div class=\"reference\">").append(safe("Pack of " + from + after(", ", text(move, "family")) + ", made "
              + moment(move, "madeAt"))).append("<br/>SHA-256 ")
          .append(safe(hash)).append("</div>");
      firstPage();
      plans();
      openActions();
      visits();
      section(Section.PROTECTIONS, "What protected the children before", item -> true);
      section(Section.MEETINGS, null, item -> true);
      whatTheMoveMeans();
      network();
      legalStatus();
      section(Section.ENQUIRIES, null, item -> true);
      section(Section.ASSESSMENTS, null, item -> true);
      section(Section.SUPPORT, null, item -> true);
      section(Section.ACTIONS, "Actions that have ended", item -> item.has("endedAs"));
      section(Section.PLANS, "Plans that have ended", item -> item.has("endedOn"));
      section(Section.EPISODES, "Referrals", item -> true);
      chronology();
      return html.append("</body></html>").toString();
    }

    // The first page.

    private void firstPage() {
      html.append("<h1>").append(inWords(children())).append("</h1>");
      paragraph("lead", (move.path("onlyForATime").asBoolean() ? "For a time, the family goes" : "The family moves")
          + " from " + from + after(" to ", authorities.apply(text(move, "to")))
          + after(" on ", day(move, "movesOn")) + after(", until ", day(move, "staysUntil")) + ".");
      html.append("<table><thead><tr><th class=\"child\">Child</th><th class=\"born\">Born</th><th>What is "
          + "in force</th></tr></thead><tbody>");
      children().forEach(child -> html.append("<tr><td><strong class=\"name\">").append(safe(name(child))).append("</strong>")
          .append(others(child)).append("</td><td class=\"day\">").append(safe(born(child)).replace(" (", "<br/>("))
          .append("</td><td>").append(inForce(text(child, "id"))).append("</td></tr>"));
      html.append("</tbody></table>");
      box("urgent", "What keeps them safe now", Stream.concat(Stream.ofNullable(text(move, "safety")),
          list(content, "protections").filter(one -> !one.has("followedAt"))
          .map(one -> PackWords.told(Section.PROTECTIONS, one, this::who).heading() + ". " + text(one, "details"))).toList(),
          "Nothing is written down. Ring " + from + " now.");
      Map<String, List<String>> reached = new LinkedHashMap<>();
      children().forEach(child -> list(move, "children").filter(moving -> text(moving, "child").equals(text(child, "id")))
          .forEach(moving -> reached
          .computeIfAbsent(Objects.requireNonNullElse(text(moving, "leadProfessional"), "nobody is named yet")
              + after(", team ", Words.sentence(text(moving, "team"))) + after(". Responsibility stays there: ",
                  text(moving, "staysBecause")), who -> new ArrayList<>()).add(name(child))));
      box("box", "Whom to ring at " + from, Stream.concat(reached.entrySet().stream()
          .map(one -> "For " + String.join(", ", one.getValue()) + ": " + one.getKey()),
          Stream.of("This pack was made by " + text(move, "madeBy") + ".")).toList(), "");
      box("box", "Why they move", Stream.of(text(move, "why"), after("New address: ", text(move, "address")),
          after("Learned from ", text(move, "learnedFrom")))
          .filter(said -> said != null && !said.isEmpty()).toList(), "Not said.");
      html.append("<h3>Adults</h3>");
      list(content, "people").filter(person -> !person.path("child").asBoolean()).forEach(adult -> {
        html.append("<p><strong>").append(safe(name(adult))).append("</strong>").append(others(adult)).append(safe(Stream.of(
            Words.spoken(text(adult, "relation")), Words.spoken(text(adult, "lives")), born(adult), text(adult, "phone"),
            text(adult, "address"), adult.path("interpreter").asBoolean() ? "needs an interpreter" + after(" (",
                text(adult, "language") == null ? null : text(adult, "language") + ")") : null,
            after("reads best: ", "standard".equals(text(adult, "format")) ? null : Words.spoken(text(adult, "format"))),
            after("spoken for by ", text(adult, "advocate")))
            .filter(said -> said != null && !said.isEmpty()).collect(Collectors.joining(", ", ", ", ""))));
        if (adult.path("addressProtected").asBoolean()) {
          html.append(" <span class=\"late\">This address must not be told to anyone of the family.</span>");
        }
        html.append("</p>");
      });
    }

    private String inWords(List<JsonNode> people) {
      List<String> all = people.stream().map(child -> child.has("expectedOn") && name(child).equals("Unborn child") ? "an unborn child"
          : "<span class=\"name\">" + safe(name(child)) + "</span>").toList();
      return all.size() < 2 ? String.join("", all) : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.get(all.size() - 1);
    }

    private String others(JsonNode person) {
      String others = PackWords.list(person, "names").skip(1)
          .map(name -> (name.path("first").asText() + " " + name.path("last").asText()).strip())
          .collect(Collectors.joining(", "));
      return others.isEmpty() ? "" : " <span class=\"quiet\">(also " + safe(others) + ")</span>";
    }

    private String born(JsonNode person) {
      LocalDate made = LocalDate.parse(text(move, "madeAt").substring(0, 10));
      return person.has("diedOn") ? "died " + day(person, "diedOn")
          : person.has("bornOn") ? day(person, "bornOn") + " (" + years(LocalDate.parse(text(person, "bornOn")), made) + ")"
          : person.has("expectedOn") ? "expected " + day(person, "expectedOn") : person.has("ageAbout")
          ? "about " + text(person, "ageAbout") : "";
    }

    private static String years(LocalDate born, LocalDate on) {
      Period lived = Period.between(born, on);
      return lived.getYears() >= 2 ? lived.getYears() + " years" : lived.toTotalMonths() + (lived.toTotalMonths() == 1
          ? " month" : " months");
    }

    private String inForce(String child) {
      return Stream.concat(list(content, "plans").filter(plan -> text(plan, "child").equals(child) && !plan.has("endedOn"))
              .map(plan -> Words.sentence(text(plan, "kind")) + " plan" + after(", ", Words.spoken(text(plan, "latestCategory")))
                  + ", since " + day(plan, "begunOn")),
          list(content, "legalStatus").filter(status -> text(status, "child").equals(child) && !status.has("until"))
              .map(status -> text(status, "status")))
          .map(this::safe).collect(Collectors.joining("<br/>"));
    }

    // The rest.

    private void plans() {
      // the eldest first, as on the first page
      List<JsonNode> open = children().stream().flatMap(child -> list(content, "plans")
          .filter(plan -> text(plan, "child").equals(text(child, "id"))))
          .filter(plan -> !plan.has("endedOn")).toList();
      if (!open.isEmpty()) {
        heading("What must change", true);
        open.forEach(plan -> told(plan, PackWords.told(Section.PLANS, plan, this::who)));
      }
    }

    private void openActions() {
      List<JsonNode> open = list(content, "actions").filter(action -> !action.has("endedAs"))
          .sorted(Comparator.comparing(action -> action.path("goesOnUntil").asText(text(action, "dueOn")))).toList();
      if (!open.isEmpty()) {
        heading("Actions that are open", false);
        html.append("<table><thead><tr><th>By</th><th>What</th><th>Who</th><th>How it stands</th></tr></thead><tbody>");
        open.forEach(action -> html.append("<tr><td class=\"day\">").append(safe(day(action, "dueOn")))
            .append(action.has("goesOnUntil") ? "<br/>goes on until<br/>" + safe(day(action, "goesOnUntil")) : "").append("</td><td>")
            .append(safe(text(action, "what"))).append(safe(action.has("child") ? " (for " + who(text(action, "child")) + ")" : ""))
            .append(safe(after(". If not: ", text(action, "ifNotDone")))).append("</td><td>")
            .append(safe(text(action, "namedPerson") + ", " + Words.spoken(text(action, "agency"))))
            .append("</td><td>").append(safe(Words.sentence(text(action, "stands")))).append("</td></tr>"));
        html.append("</tbody></table>");
      }
    }

    private void visits() {
      List<JsonNode> newest = list(content, "visits").sorted(Comparator.comparing((JsonNode visit) -> text(visit, "at"))
          .reversed()).toList();
      if (!newest.isEmpty()) {
        heading("Who saw them last", false);
        newest.stream().limit(LAST_VISITS).forEach(visit -> told(visit, PackWords.told(Section.VISITS, visit, this::who)));
        if (newest.size() > LAST_VISITS) {
          html.append("<h3>Earlier</h3>");
          newest.stream().skip(LAST_VISITS).forEach(visit -> told(visit, PackWords.told(Section.VISITS, visit, this::who)));
        }
      }
    }

    private void whatTheMoveMeans() {
      JsonNode means = move.path("meaning");
      heading("What the move means", false);
      facts(Stream.of(new String[] {"Distance", "distance"}, new String[] {"What falls away", "supportLost"},
          new String[] {"What is confirmed there", "newServices"},
              new String[] {"Must not be missed", "appointments"}, new String[] {"Who is there then", "networkThen"},
              new String[] {"What it comes to", "comesTo"})
          .filter(pair -> means.has(pair[1])).map(pair -> new Answer(pair[0], text(means, pair[1]))).toList());
      if (means.has("risk")) {
        facts(List.of(new Answer("The risk", "same".equals(text(means, "risk")) ? "Stays the same" : Words.sentence(text(means, "risk")))));
      }
      List<JsonNode> leaving = list(move, "leaving").toList();
      if (!leaving.isEmpty()) {
        html.append("<table><thead><tr><th>Stays behind</th><th>Who comes after them</th></tr></thead><tbody>");
        leaving.forEach(one -> html.append("<tr><td>").append(safe(said(one, "name", "role", "agency"))).append("</td><td>")
            .append(safe(one.has("successor") ? said(one, "successor", "successorAgency", "successorReach") + (one.has("confirmedAt")
                ? ", confirmed " + day(one, "confirmedAt") : ", not confirmed yet")
                : "Nobody yet" + after(": ", text(one, "noneWhy")) + after(". Watched by ", text(one, "watchedBy")))).append("</td></tr>"));
        html.append("</tbody></table>");
      }
    }

    private void network() {
      List<JsonNode> all = list(content, "network").filter(one -> !one.has("until")).toList();
      if (!all.isEmpty()) {
        heading("Who works with them", false);
        html.append("<table><thead><tr><th>Who</th><th>How to reach them</th><th>Since</th></tr></thead><tbody>");
        all.forEach(one -> html.append("<tr><td>").append(safe(said(one, "name", "role", "agency")))
            .append(one.path("coreGroup").asBoolean() ? ", core group" : "").append("</td><td>")
            .append(safe(text(one, "reach"))).append("</td><td class=\"day\">").append(safe(day(one, "since"))).append("</td></tr>"));
        html.append("</tbody></table>");
      }
    }

    private void legalStatus() {
      List<JsonNode> all = list(content, "legalStatus").toList();
      if (!all.isEmpty()) {
        heading("Legal status", false);
        all.forEach(one -> paragraph("", who(text(one, "child")) + ": " + text(one, "status") + ", from " + day(one, "since")
            + after(" until ", day(one, "until"))));
      }
    }

    private void section(Section section, String heading, Predicate<JsonNode> which) {
      List<JsonNode> items = list(content, section.key()).filter(which).toList();
      if (!items.isEmpty()) {
        heading(heading == null ? section.heading() : heading, false);
        // the newest is what somebody looks for
        for (int i = items.size() - 1; i >= 0; i--) {
          told(items.get(i), PackWords.told(section, items.get(i), this::who));
        }
      }
    }

    private void chronology() {
      List<String> corrected = list(content, "chronology").map(line -> text(line, "corrects")).filter(Objects::nonNull).toList();
      List<JsonNode> lines = list(content, "chronology").filter(line -> !corrected.contains(text(line, "id"))).toList();
      heading("What happened", true);
      for (int i = lines.size() - 1; i >= 0; i--) {
        JsonNode line = lines.get(i);
        html.append("<h3>").append(safe(moment(line, "happenedAt") + ": " + text(line, "what")
            + (line.has("child") ? ", " + who(text(line, "child")) : ""))).append("</h3>");
        if (line.has("words")) {
          paragraph("", text(line, "words"));
        }
        // plain lines: a table for each of thousands would take minutes
        list(line, "fields").forEach(field -> html.append("<p class=\"field\"><span class=\"quiet\">").append(safe(text(field, "label")))
            .append("</span> ").append(safe(text(field, "value"))).append("</p>"));
        paragraph("quiet", Words.sentence(text(line, "nature")) + ". Recorded " + moment(line, "recordedAt") + " by "
            + text(line, "recordedBy") + after(" for ", text(line, "onBehalfOf")) + whose(line)
            + after(". Corrected: ", text(line, "correctionWhy")));
      }
    }

    // Pieces.

    private String whose(JsonNode item) {
      return text(item, "authority").equals(text(move.get("from"), "code")) ? "" : ", " + authorities.apply(text(item, "authority"));
    }

    private void told(JsonNode item, Told told) {
      html.append("<h3>").append(safe(told.heading())).append("</h3>");
      if (!whose(item).isEmpty()) {
        paragraph("quiet", "Written by " + authorities.apply(text(item, "authority")));
      }
      facts(told.facts());
      told.parts().forEach(part -> {
        html.append("<h4>").append(safe(part.heading())).append("</h4><div class=\"part\">");
        facts(part.facts());
        html.append("</div>");
      });
    }

    private void facts(List<Answer> facts) {
      if (!facts.isEmpty()) {
        html.append("<table class=\"facts\"><tbody>");
        facts.forEach(fact -> html.append("<tr><td class=\"what\">").append(safe(fact.label())).append("</td><td>")
            .append(safe(fact.value())).append("</td></tr>"));
        html.append("</tbody></table>");
      }
    }

    private void heading(String heading, boolean onNewPage) {
      html.append(onNewPage ? "<h2 class=\"new\">" : "<h2>").append(safe(heading)).append("</h2>");
    }

    private void paragraph(String look, String text) {
      html.append("<p class=\"").append(look).append("\">").append(safe(text)).append("</p>");
    }

    private void box(String look, String heading, List<String> said, String nothing) {
      html.append("<div class=\"").append(look).append("\"><h2>").append(safe(heading)).append("</h2>");
      (said.isEmpty() ? List.of(nothing) : said).forEach(one -> paragraph("", one));
      html.append("</div>");
    }

    private static String said(JsonNode item, String... keys) {
      return Stream.of(keys).map(key -> key.equals("agency") || key.endsWith("Agency") ? Words.spoken(text(item, key)) : text(item, key))
          .filter(one -> one != null && !one.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String after(String before, String text) {
      return text == null || text.isEmpty() ? "" : before + text;
    }

    /** What people typed stays text, line by line as they typed it. */
    private String safe(String text) {
      return text == null ? "" : HtmlUtils.htmlEscapeDecimal(NOT_ON_PAPER.matcher(text).replaceAll(" "), "UTF-8").replace("\n", "<br/>");
    }
  }
}
