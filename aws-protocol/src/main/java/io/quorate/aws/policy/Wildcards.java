package io.quorate.aws.policy;

/** IAM's wildcard match, without recursion: at most pattern times text steps. Pure functions. */
public final class Wildcards {
    /** What stands for {@code *} in a pattern whose other stars are plain chars. */
    static final char MANY = '\uFFFF';
    /** What stands for {@code ?} in a pattern whose other question marks are plain chars. */
    static final char ONE = '\uFFFE';

    private Wildcards() {}

    /** Whether the text matches: {@code *} any run of characters, {@code ?} one. */
    public static boolean matches(String pattern, String text, boolean ignoreCase) {
        return matchesMarked(marked(pattern), text, ignoreCase);
    }

    /** The pattern with its wildcards as marks. */
    static String marked(String pattern) {
        return pattern.replace('*', MANY).replace('?', ONE);
    }

    static boolean matchesMarked(String pattern, String text, boolean ignoreCase) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == MANY) {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && one(pattern.charAt(p), text.charAt(t), ignoreCase)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == MANY) {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean one(char pattern, char c, boolean ignoreCase) {
        return pattern == ONE || pattern == c
                || (ignoreCase
                        && Character.toLowerCase(pattern) == Character.toLowerCase(c));
    }
}
