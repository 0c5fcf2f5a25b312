package dev.athanor.data.clean;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret of one dataset that turns values into short names: the same value always gets the same name, and who
/// does not know the secret cannot try all values to find the one behind a name.
///
/// @param hex the secret, at least 16 bytes in hexadecimal
public record Salt(String hex) {
    /// Five bits each. No I, L, O and U, which look like others (Crockford's base 32).
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 8; // 40 bits: among 10,000 values two share a name with a chance of 5e-5

    public Salt {
        if (!hex.matches("([0-9a-f]{2}){16,}")) {
            throw new IllegalArgumentException(
                    "a salt of %d characters: expected at least 32, each 0 to 9 or a to f".formatted(hex.length()));
        }
    }

    /// Eight letters and digits that stand for a value (HMAC with SHA-256, RFC 2104, of which 40 bits are taken).
    String name(String value) {
        byte[] hash = mac().doFinal(value.getBytes(StandardCharsets.UTF_8));
        long bits = 0;
        for (int i = 0; i < 5; i++) {
            bits = bits << 8 | hash[i] & 0xFF;
        }
        StringBuilder name = new StringBuilder(LENGTH);
        for (int i = LENGTH - 1; i >= 0; i--) {
            name.append(LETTERS.charAt((int) (bits >> 5 * i) & 31));
        }
        return name.toString();
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(hex), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    /// The secret stays out of messages and logs.
    @Override
    public String toString() {
        return "Salt[hidden]";
    }
}
