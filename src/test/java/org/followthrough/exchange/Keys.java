package org.followthrough.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates of authorities, made as their operations make them: with the keytool of the JDK. */
public final class Keys {

  static final String PASSWORD = "changeit";

  private final Path folder;

  /** Keeps them in this folder. */
  public Keys(Path folder) {
    this.folder = folder;
  }

  /** Makes a key with a certificate for this machine; returns the certificate's fingerprint. */
  public String make(String name) {
    return make(name, "dns:localhost,ip:127.0.0.1");
  }

  /** The same for other hosts. */
  public String make(String name, String hosts) {
    keytool("-genkeypair", "-alias", "exchange", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
        "-validity", "825", "-ext", "san=" + hosts, "-storetype", "PKCS12", "-keystore", key(name).toString(), "-storepass", PASSWORD);
    return Fingerprint.of(certificate(name));
  }

  /** Lets one trust the certificates of others. */
  public void trust(String name, String... others) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (String other : others) {
        trusted.setCertificateEntry(other, certificate(other));
      }
      try (OutputStream file = Files.newOutputStream(trust(name))) {
        trusted.store(file, PASSWORD.toCharArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path key(String name) {
    return folder.resolve(name + "-key.p12");
  }

  public Path trust(String name) {
    return folder.resolve(name + "-trust.p12");
  }

  private Certificate certificate(String name) {
    try {
      return store(key(name)).getCertificate("exchange");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where Spring finds the keys of one, as its bundle {@code exchange}. */
  public List<String> bundle(String name) {
    String at = "spring.ssl.bundle.jks.exchange.";
    return List.of(at + "keystore.location=file:" + key(name), at + "keystore.password=" + PASSWORD, at + "keystore.type=PKCS12",
        at + "truststore.location=file:" + trust(name), at + "truststore.password=" + PASSWORD, at + "truststore.type=PKCS12");
  }

  /** TLS 1.3 as one of them; {@code name} null: as somebody without a certificate, who trusts whom {@code trusting} trusts. */
  public SSLContext context(String name, String trusting) {
    try {
      KeyManager[] keys = null;
      if (name != null) {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store(key(name)), PASSWORD.toCharArray());
        keys = factory.getKeyManagers();
      }
      TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(store(trust(trusting)));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException {
    try (InputStream content = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(content, PASSWORD.toCharArray());
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes());
      assertThat(keytool.waitFor()).as(said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
