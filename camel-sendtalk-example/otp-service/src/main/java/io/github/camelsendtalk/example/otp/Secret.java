package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is made of the secret. Codes are made anew each time they are needed, so that they are kept nowhere; numbers are sealed
 * as long as a message may have to be sent to them, and compared by keyed hashes. Any number of threads may use it.
 */
final class Secret {

    private static final Logger LOG = LoggerFactory.getLogger(Secret.class);
    private static final int MIN_LENGTH = 32;
    private static final int CODES = 1_000_000;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HASH_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec codes;
    private final SecretKeySpec hashes;
    private final SecretKeySpec seals;

    /** @throws SettingException if the secret is too short to be one */
    Secret(String secret) {
        if (secret.length() < MIN_LENGTH) {
            throw new SettingException(
                    "otp.secret has %d characters, and can be guessed: give it at least %d, such as \"openssl rand -base64 32\" makes."
                            .formatted(secret.length(), MIN_LENGTH));
        }
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256");
        codes = new SecretKeySpec(hmac(key, "codes"), "HmacSHA256");
        hashes = new SecretKeySpec(hmac(key, "hashes"), "HmacSHA256");
        seals = new SecretKeySpec(hmac(key, "seals"), "AES");
    }

    /**
     * The secret that is given, or one that nobody knows, for as long as this process runs.
     *
     * @param isAlone whether no other instance, and no real message, is made with it
     * @throws SettingException if it is missing, or too short
     */
    static Secret of(String given, boolean isAlone) {
        if (!given.isEmpty()) {
            return new Secret(given);
        }
        if (!isAlone) {
            throw new SettingException(
                    "otp.secret is missing: give all instances the same one, in OTP_SECRET. Only the sandbox with a database of its own does without.");
        }
        LOG.info("There is no otp.secret: codes are made from one that ends with this process.");
        return random();
    }

    /** One that nobody knows, for as long as this process runs. */
    static Secret random() {
        byte[] bytes = new byte[MIN_LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }

    /** The six digits of an id. */
    String code(UUID id) {
        // of 2^63 the remainder is as good as even
        long number = ByteBuffer.wrap(hmac(codes, id.toString())).getLong() & Long.MAX_VALUE;
        return "%06d".formatted(number % CODES);
    }

    /** Takes the same time however much of the guess is right. */
    boolean isCode(UUID id, String guess) {
        return MessageDigest.isEqual(code(id).getBytes(UTF_8), guess.getBytes(UTF_8));
    }

    /** What a number or an address is known by in the database: without the secret nobody can find it by trying. */
    String hash(String text) {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(hmac(hashes, text), HASH_BYTES));
    }

    /** What the secret is known by. */
    String mark() {
        return hash("secret");
    }

    /** A text that only the secret can open, and only for the same id. */
    String seal(String text, UUID id) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, id).doFinal(text.getBytes(UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws GeneralSecurityException if it was sealed with another secret, or for another id */
    String open(String sealed, UUID id) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), id);
        return new String(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), UTF_8);
    }

    private Cipher cipher(int mode, byte[] nonce, UUID id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, seals, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.toString().getBytes(UTF_8));
        return cipher;
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
