package org.followthrough.tasklist;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.UUID;
import org.followthrough.move.Moves;
import org.followthrough.move.pack.PackPdf;
import org.followthrough.move.pack.Packs;
import org.followthrough.people.Sight;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The pack of a move, for those who may see the family and hand it on: as others' software reads it, and as people do. */
@RestController
@RequestMapping("/api/{subject:tasks|cases}/{id}/moves/{moveId}")
class PackDownloads {

  private final TaskList taskList;
  private final Sight sight;
  private final CaseFile file;
  private final Moves moves;
  private final Packs packs;
  private final PackPdf pdf;

  PackDownloads(TaskList taskList, Sight sight, CaseFile file, Moves moves, Packs packs, PackPdf pdf) {
    this.taskList = taskList;
    this.sight = sight;
    this.file = file;
    this.moves = moves;
    this.packs = packs;
    this.pdf = pdf;
  }

  /** The newest pack as it goes out, or came. */
  @GetMapping("/pack.json")
  ResponseEntity<byte[]> json(@PathVariable String subject, @PathVariable String id, @PathVariable UUID moveId, Principal user) {
    Packs.Pack pack = read(subject, id, moveId, user, "pack");
    return answer(pack, MediaType.APPLICATION_JSON, "json", pack.document().getBytes(StandardCharsets.UTF_8));
  }

  /** The same on paper. */
  @GetMapping("/pack.pdf")
  ResponseEntity<byte[]> paper(@PathVariable String subject, @PathVariable String id, @PathVariable UUID moveId, Principal user) {
    Packs.Pack pack = read(subject, id, moveId, user, "pack on paper");
    return answer(pack, MediaType.APPLICATION_PDF, "pdf", pdf.of(pack.document()));
  }

  private Packs.Pack read(String subject, String id, UUID moveId, Principal user, String what) {
    TaskList.Entry on = taskList.on(subject, id, user);
    UUID caseId = on.matter().caseId();
    boolean ofCase = caseId != null && moves.find(moveId).filter(move -> caseId.equals(move.caseId())).isPresent();
    if (!ofCase || !sight.maySee(on.groups(), caseId, null)) {
      throw nothing();
    }
    Packs.Pack pack = packs.newest(moveId).orElseThrow(PackDownloads::nothing);
    file.looked(on.user(), what, on.matter().contactId(), caseId);
    return pack;
  }

  private static ResponseStatusException nothing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such pack of this case.");
  }

  private static ResponseEntity<byte[]> answer(Packs.Pack pack, MediaType type, String ending, byte[] body) {
    return ResponseEntity.ok().contentType(type).eTag(pack.sha256())
        .header("Content-Disposition", ContentDisposition.attachment().filename("family-pack-" + pack.sha256().substring(0, 12)
            + "." + ending).build().toString())
        .header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff").body(body);
  }
}
