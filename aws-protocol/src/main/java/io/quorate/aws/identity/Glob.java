package io.quorate.aws.identity;

/** IAM's wildcard match, without recursion: at most pattern times text steps. */
final class Glob {
    private Glob() {}

    static boolean matches(String pattern, String text, boolean ignoreCase) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
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
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean one(char pattern, char c, boolean ignoreCase) {
        return pattern == '?' || pattern == c
                || (ignoreCase
                        && Character.toLowerCase(pattern) == Character.toLowerCase(c));
    }
}
