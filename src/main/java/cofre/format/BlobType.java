package cofre.format;

/** What a blob holds. Data and tree blobs of one id are different blobs. */
public enum BlobType {
    DATA("data"),
    TREE("tree");

    private final String text;

    BlobType(String text) {
        this.text = text;
    }

    /** The word index files use. */
    public String text() {
        return text;
    }
}
