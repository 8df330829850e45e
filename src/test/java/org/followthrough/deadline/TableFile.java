package org.followthrough.deadline;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A DMN file made for a test, from lines such as {@code referral | Decide | contact received | 1 | hours | | danger}. */
record TableFile(String xml) {

  private static final List<String> OUTPUTS = List.of("countFrom", "amount", "unit", "convention", "class", "warnHours",
      "escalateTo", "basis", "source");

  static TableFile of(String rows) {
    return new TableFile("""
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions" name="deadlines" namespace="test">
          <decision id="deadlines" name="Deadlines">
            <decisionTable id="table" hitPolicy="UNIQUE">
              <input id="in1"><inputExpression id="ie1" typeRef="string"><text>process</text></inputExpression></input>
              <input id="in2"><inputExpression id="ie2" typeRef="string"><text>obligation</text></inputExpression></input>
              %s
              %s
            </decisionTable>
          </decision>
        </definitions>
        """.formatted(
        OUTPUTS.stream().map(name -> "<output id=\"out_%1$s\" name=\"%1$s\"/>".formatted(name)).collect(Collectors.joining()),
        rows.lines().filter(line -> !line.isBlank()).map(TableFile::rule).collect(Collectors.joining())));
  }

  TableFile with(String original, String replacement) {
    if (!xml.contains(original)) {
      throw new IllegalArgumentException("The test's table holds no " + original);
    }
    return new TableFile(xml.replace(original, replacement));
  }

  InputStream stream() {
    return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
  }

  /** Cells are taken as text in quotation marks unless they are numbers; what a line leaves out is filled in. */
  private static String rule(String line) {
    var given = Stream.of(line.split("\\|", -1)).map(String::trim).toList();
    var cells = Stream.concat(given.stream(), Stream.of("1", "service-manager", "local procedure", "a source")).toList();
    var entries = new StringBuilder("<rule>");
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i).isEmpty() || cells.get(i).matches("-?\\d+") ? cells.get(i) : '"' + cells.get(i) + '"';
      var element = i < 2 ? "inputEntry" : "outputEntry";
      entries.append("<%1$s><text>%2$s</text></%1$s>".formatted(element, cell));
    }
    return entries.append("</rule>").toString();
  }
}
