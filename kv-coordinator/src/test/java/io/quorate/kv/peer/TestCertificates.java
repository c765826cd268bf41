package io.quorate.kv.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority of its own and certificates it signs, made by the JDK's keytool. */
final class TestCertificates {
    private static final String SECRET = "only-for-this-test";
    private static final long KEYTOOL_SECONDS_MAX = 60;

    private final Path directory;
    private final Path authority;

    /** @param directory empty */
    TestCertificates(Path directory) throws IOException {
        this.directory = directory;
        this.authority = directory.resolve("authority.pem");
        keytool("-genkeypair", "-alias", "ca", "-keystore", store("ca"), "-dname", "CN=authority",
                "-ext", "bc=ca:true", "-keyalg", "EC", "-validity", "2");
        keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", store("ca"), "-file",
                authority.toString());
    }

    /**
     * Issues a certificate for loopback addresses.
     *
     * @param uris further names it has
     */
    PeerSecurity.MutualTls issue(String name, String... uris) throws IOException {
        String names = "san=dns:localhost,ip:127.0.0.1"
                + String.join("", List.of(uris).stream().map(uri -> ",uri:" + uri).toList());
        keytool("-genkeypair", "-alias", name, "-keystore", store(name), "-dname", "CN=" + name,
                "-keyalg", "EC", "-validity", "2");
        Path request = directory.resolve(name + ".csr");
        Path signed = directory.resolve(name + ".pem");
        keytool("-certreq", "-alias", name, "-keystore", store(name), "-file", request.toString());
        keytool("-gencert", "-rfc", "-alias", "ca", "-keystore", store("ca"), "-ext", names,
                "-validity", "2", "-infile", request.toString(), "-outfile", signed.toString());
        return new PeerSecurity.MutualTls(signed, exportKey(name), authority);
    }

    private Path exportKey(String name) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance(Path.of(store(name)).toFile(),
                    SECRET.toCharArray());
            byte[] key = keys.getKey(name, SECRET.toCharArray()).getEncoded();
            Path file = directory.resolve(name + ".key");
            Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n", StandardCharsets.US_ASCII);
            return file;
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    private String store(String name) {
        return directory.resolve(name + ".p12").toString();
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", SECRET, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(KEYTOOL_SECONDS_MAX, TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
