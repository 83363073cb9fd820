package cofre.server;

/** What a URL names inside a repository. */
sealed interface Item {

    /** Name of the file kind in metrics. */
    String kind();

    /** The repository itself: {@code /}. */
    record Whole() implements Item {
        @Override
        public String kind() {
            return "";
        }
    }

    /** All files of one type: {@code /data/}. */
    record Listing(FileType type) implements Item {
        @Override
        public String kind() {
            return type.folder();
        }
    }

    /** Something with bytes. */
    sealed interface StoredFile extends Item {}

    /** The file {@code /config}. */
    record Config() implements StoredFile {
        @Override
        public String kind() {
            return "config";
        }
    }

    /**
     * One file named by its hash: {@code /data/<id>}.
     *
     * @param id 64 lower-case hex digits
     */
    record Blob(FileType type, String id) implements StoredFile {
        private static final int ID_LENGTH = 64;

        public Blob {
            if (!isId(id)) {
                throw new IllegalArgumentException("not an id");
            }
        }

        @Override
        public String kind() {
            return type.folder();
        }

        static boolean isId(String text) {
            return text.length() == ID_LENGTH && text.chars().allMatch(Item::isHexDigit);
        }
    }

    /** Lower case only: an id has one spelling. */
    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
