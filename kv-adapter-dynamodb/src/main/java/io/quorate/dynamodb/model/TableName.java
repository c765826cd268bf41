package io.quorate.dynamodb.model;

/**
 * What names a table: tables of different accounts may share a name.
 *
 * @param account twelve digits
 * @param name 3 to 255 characters of {@code a-z A-Z 0-9 _ - .}
 */
public record TableName(String account, String name) {
    /** Shortest name, in characters. */
    public static final int MIN_LENGTH = 3;
    /** Longest name, in characters. */
    public static final int MAX_LENGTH = 255;

    /** Whether every character of the text may be in a table's name, and there is one. */
    public static boolean isWellFormed(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean allowed = letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The table's ARN in a region. */
    public String arn(String region) {
        return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + name;
    }
}
