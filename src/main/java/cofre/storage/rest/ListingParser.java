package cofre.storage.rest;

import cofre.storage.FileHandle;
import cofre.storage.FileList;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;

/** Reads a listing, version 1 ({@code ["name"]}) or 2 ({@code [{"name":…,"size":…}]}), piece by piece and within bounds. */
final class ListingParser {
    /** 64 TiB in packs of 16 MiB; some 210 MB of memory. */
    static final int MAX_FILES = 4_000_000;

    private static final int MAX_TEXT = 4096;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_DIGITS = 18;

    /** Size of a file whose size the listing does not tell. */
    static final long UNKNOWN_SIZE = -1;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_TEXT)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private final FileList files;
    private int strangers;

    ListingParser(FileList files) {
        this.files = files;
    }

    /**
     * Reads a listing to its end.
     *
     * @throws BadListing when it is not one, not complete, or too long
     * @throws IOException when its bytes cannot be had
     */
    void parse(InputStream body, boolean withSizes) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            expect(json.nextToken() == JsonToken.START_ARRAY, "it is not a JSON list");
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (withSizes) {
                    row(json);
                } else {
                    expect(json.currentToken() == JsonToken.VALUE_STRING, "a name is not a string");
                    add(json.getText(), UNKNOWN_SIZE);
                }
            }
            expect(json.nextToken() == null, "something follows it");
        } catch (JsonProcessingException e) {
            throw new BadListing(
                    "it is not complete, sound JSON (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** How many names were left out because they are not those of files. */
    int strangers() {
        return strangers;
    }

    private void row(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.START_OBJECT, "a row is not an object");
        String name = null;
        long size = UNKNOWN_SIZE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("name")) {
                expect(value == JsonToken.VALUE_STRING && name == null, "a row has not one name");
                name = json.getText();
            } else if (field.equals("size")) {
                expect(value == JsonToken.VALUE_NUMBER_INT && size == UNKNOWN_SIZE, "a row has not one size");
                size = json.getLongValue();
                expect(size >= 0, "a size is negative");
            } else {
                json.skipChildren();
            }
        }
        expect(json.currentToken() == JsonToken.END_OBJECT, "a row is not complete");
        expect(name != null && size != UNKNOWN_SIZE, "a row lacks name or size");
        add(name, size);
    }

    private void add(String name, long size) throws BadListing {
        if (!FileHandle.isValidName(name)) {
            strangers++;
            return;
        }
        expect(files.count() < MAX_FILES, "it has more than " + MAX_FILES + " files");
        expect(files.add(name, size), "it names " + name + " twice");
    }

    private static void expect(boolean condition, String otherwise) throws BadListing {
        if (!condition) {
            throw new BadListing(otherwise);
        }
    }

    /** The answer is no listing to build upon. Never leaves this package. */
    static final class BadListing extends IOException {
        private static final long serialVersionUID = 1;

        BadListing(String message) {
            super(message);
        }
    }
}
