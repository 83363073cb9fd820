package cofre.format;

/** Reads one blob of an index file; reused for all of them. */
final class BlobEntry {
    /** No pack of any program is larger: offsets past this are made up. */
    private static final long MAX_OFFSET = 0xffff_ffffL;

    private Sha256 id;
    private BlobType type;
    private long offset;
    private long length;
    private long uncompressed;

    PackedBlob read(JsonInput in) throws FormatException {
        in.object();
        id = null;
        type = null;
        offset = -1;
        length = -1;
        uncompressed = -1;
        while (in.nextField()) {
            field(in, in.field());
        }
        if (id == null || type == null || offset < 0 || length < 0) {
            throw in.bad("a blob without id, type, offset or length", "all four");
        }
        if (length < PackedBlob.SEAL_OVERHEAD) {
            throw in.bad("a blob of " + length + " bytes", "at least " + PackedBlob.SEAL_OVERHEAD);
        }
        return new PackedBlob(
                new BlobHandle(type, new BlobId(id)), offset, (int) length, (int) Math.max(0, uncompressed));
    }

    private void field(JsonInput in, String field) throws FormatException {
        switch (field) {
            case "id" -> {
                once(in, id == null);
                id = in.id();
            }
            case "type" -> {
                once(in, type == null);
                type = type(in);
            }
            case "offset" -> {
                once(in, offset < 0);
                offset = in.unsigned(MAX_OFFSET);
            }
            case "length" -> {
                once(in, length < 0);
                length = in.unsigned(Integer.MAX_VALUE);
            }
            case "uncompressed_length" -> {
                once(in, uncompressed < 0);
                uncompressed = in.isNull() ? 0 : in.unsigned(Integer.MAX_VALUE);
            }
            default -> in.skip();
        }
    }

    private static void once(JsonInput in, boolean isFirst) throws FormatException {
        if (!isFirst) {
            throw in.bad("the field comes twice", "once");
        }
    }

    private static BlobType type(JsonInput in) throws FormatException {
        String text = in.text("data");
        if (text.equals(BlobType.DATA.text())) {
            return BlobType.DATA;
        }
        if (text.equals(BlobType.TREE.text())) {
            return BlobType.TREE;
        }
        throw in.bad("a blob of another type", "data or tree");
    }
}
