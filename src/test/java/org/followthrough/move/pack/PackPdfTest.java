package org.followthrough.move.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.followthrough.Practice.london;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.followthrough.InTheHouse;
import org.followthrough.PackedFamily;
import org.followthrough.PlannedFamily;
import org.followthrough.Practice;
import org.followthrough.family.Chronology;
import org.followthrough.people.Directory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A pack on paper: readable, in order, whole, and nothing but itself. */
@InTheHouse
class PackPdfTest {

  private static final String LETTERS = "Łukasz Wiśniewski, Sorcha and Zoë’s “brother” – € 5… ŁÓŻKO ąęćń ÁÉÍÓÚ áéíóú ḃċḋ";

  @Autowired Practice practice;
  @Autowired PackedFamily moving;
  @Autowired PlannedFamily family;
  @Autowired Chronology chronology;
  @Autowired Packs packs;
  @Autowired Directory directory;
  @Autowired PackPdf pdf;
  @Autowired ObjectMapper json;

  /** One family and one paper for all: they are only read. */
  private static String surname;
  private static String reference;
  private static Packs.Pack pack;
  private static byte[] made;
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static HttpServer somewhere;

  @BeforeEach
  void aPack() throws IOException {
    if (pack != null) {
      return;
    }
    somewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    somewhere.createContext("/", exchange -> {
      ASKED.incrementAndGet();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    somewhere.start();
    practice.itIs("2026-12-17T09:00");
    String contact = moving.contact();
    surname = moving.surname(contact);
    reference = practice.caseOf(contact);
    for (String words : List.of(LETTERS, "<img src=\"" + there() + "\"/>", "</p><style>@import url(" + there() + ");</style>",
        "<script>alert(1)</script> & &amp; ]]> <!-- \uFFFF")) {
      chronology.add(Chronology.Line.fact(null, family.caseOf(contact), null, "Mother rang", london("2027-02-09T10:00"), "worker", words));
    }
    pack = packs.make(moving.move(contact, "felpersham", "Aoife", "Zoë", ""), london("2027-02-10T16:30"), "worker", directory::name);
    made = pdf.of(pack.document());
    practice.endEverything();
  }

  @AfterAll
  static void nobodyAsksAnyMore() {
    somewhere.stop(0);
    pack = null;
  }

  private static String there() {
    return "http://127.0.0.1:" + somewhere.getAddress().getPort() + "/x.png";
  }

  private static PDDocument paper() throws IOException {
    return Loader.loadPDF(made);
  }

  private static String read(PDDocument paper, int from, int to) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    stripper.setStartPage(from);
    stripper.setEndPage(to);
    return stripper.getText(paper).replaceAll("\\s+", " ");
  }

  @Test
  void the_first_page_says_who_why_what_keeps_them_safe_and_whom_to_ring() throws IOException {
    try (PDDocument paper = paper()) {
      assertThat(read(paper, 1, 1)).contains("Aoife " + surname, "Zoë " + surname, "Unborn child", "29 February 2020",
          "expected 1 February 2027", "28 February 2027", "Her aunt stays every night.", "The lease ends.", "since 17 December 2026",
          "Whom to ring at Borsetshire", "needs an interpreter (Polish)");
      assertThat(read(paper, 2, 3)).contains("What must change", "Somebody is at home every night, by 17 February 2027",
          "Actions that are open", "16 January 2027");
    }
  }

  @Test
  void every_letter_of_every_name_is_there_in_a_font_of_its_own() throws IOException {
    try (PDDocument paper = paper()) {
      String all = read(paper, 1, paper.getNumberOfPages());
      assertThat(all).contains(LETTERS, "I like the “new” bed – Łóżko!");
      Set<String> fonts = new HashSet<>();
      for (PDPage page : paper.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).as(font.getName()).isTrue();
          fonts.add(font.getName().replaceFirst("^[A-Z]+\\+", ""));
        }
      }
      assertThat(fonts).contains("LiberationSans", "LiberationSans-Bold").allMatch(font -> font.startsWith("LiberationSans"));
    }
  }

  @Test
  void every_page_has_its_number_the_reference_and_the_hash() throws IOException {
    try (PDDocument paper = paper()) {
      int pages = paper.getNumberOfPages();
      assertThat(pages).isGreaterThan(3);
      for (int page = 1; page <= pages; page++) {
        assertThat(read(paper, page, page)).as("page " + page).contains(pack.sha256(), "Page " + page + " of " + pages,
            reference, "DEMONSTRATION");
      }
    }
  }

  /** Tags, a title and a language: somebody who hears the page finds their way in it. */
  @Test
  void who_cannot_see_it_can_have_it_read() throws IOException {
    try (PDDocument paper = paper()) {
      assertThat(paper.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(paper.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(paper.getDocumentCatalog().getLanguage()).isEqualTo("en-GB");
      assertThat(paper.getDocumentInformation().getTitle()).startsWith("Family pack: Aoife");
    }
  }

  @Test
  void what_people_typed_stays_text_and_fetches_nothing() throws IOException {
    try (PDDocument paper = paper()) {
      assertThat(read(paper, 1, paper.getNumberOfPages())).contains("<img src=\"" + there() + "\"/>", "</p><style>@import",
          "<script>alert(1)</script> & &amp; ]]> <!--");
      assertThat(ASKED).hasValue(0);
    }
  }

  @Test
  void of_who_stays_the_paper_says_no_more_than_the_pack() throws IOException {
    try (PDDocument paper = paper()) {
      assertThat(read(paper, 1, paper.getNumberOfPages())).doesNotContain("Ruairí").doesNotContain("Xanthippos")
          .contains("[another child] hit Zoë");
    }
  }

  @Test
  void the_same_pack_is_the_same_paper() throws IOException {
    try (PDDocument paper = paper()) {
      assertThat(pdf.page(pack.document())).isEqualTo(pdf.page(pack.document())).contains(pack.sha256());
      try (PDDocument again = Loader.loadPDF(pdf.of(pack.document()))) {
        assertThat(read(again, 1, again.getNumberOfPages())).isEqualTo(read(paper, 1, paper.getNumberOfPages()));
      }
    }
  }

  /** Prints a figure, asserts none: {@code mvn test -Dexcluded.tests= -Dtest=PackPdfTest#ten_thousand_lines}. */
  @Test
  @Tag("benchmark")
  void ten_thousand_lines() throws IOException {
    ObjectNode document = (ObjectNode) json.readTree(pack.document());
    ArrayNode lines = (ArrayNode) document.get("content").get("chronology");
    while (lines.size() < 10_000) {
      lines.add(lines.get(lines.size() % 20).deepCopy());
    }
    long begun = System.nanoTime();
    byte[] paper = pdf.of(document.toString());
    try (PDDocument read = Loader.loadPDF(paper)) {
      System.out.printf("A pack of 10,000 lines on paper: %,d pages, %,d bytes, in %,d ms%n", read.getNumberOfPages(),
          paper.length, (System.nanoTime() - begun) / 1_000_000);
      assertThat(read.getNumberOfPages()).isGreaterThan(500);
    }
  }
}
