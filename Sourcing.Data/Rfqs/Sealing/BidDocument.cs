using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>
/// A bid as it is sealed: what the supplier typed, and which answer to which RFQ it is, so that no bid can stand for another. Its text
/// is what is hashed, letter by letter.
/// </summary>
/// <param name="Rfq">Number of the RFQ.</param>
/// <param name="Round">1 or more.</param>
/// <param name="Quote">Number of the quote: one supplier's in one round.</param>
/// <param name="Revision">1 or more.</param>
internal sealed record BidDocument(string Rfq, int Round, string Quote, int Revision, QuoteContent Content)
{
    private static readonly JsonWriterOptions Plain = new() { Indented = false };

    /// <summary>The one text of it.</summary>
    public string Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("rfq", Rfq);
            json.WriteNumber("round", Round);
            json.WriteString("quote", Quote);
            json.WriteNumber("revision", Revision);
            json.WritePropertyName("content");
            json.WriteRawValue(QuoteJson.Write(Content));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is no such text.</exception>
    public static BidDocument Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        try
        {
            return new(
                root.GetProperty("rfq").GetString()!, root.GetProperty("round").GetInt32(), root.GetProperty("quote").GetString()!, root.GetProperty("revision").GetInt32(),
                QuoteJson.Read(root.GetProperty("content").GetRawText()));
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("This is no bid.", fault);
        }
    }
}

/// <summary>The salted hash by which anybody can tell that a bid is the one that was submitted, and nobody can tell what is in it.</summary>
public static class BidHash
{
    /// <summary>Bytes of the salt: too many to try, so that a guessed price cannot be held against the hash.</summary>
    public const int SaltBytes = 32;

    /// <summary>SHA-256 of the salt and the text in UTF-8, in 64 lower hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> salt, string text) => Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));

    /// <summary>Salt and text as they are locked up together.</summary>
    internal static byte[] Join(ReadOnlySpan<byte> salt, string text) => [.. salt, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>The two apart again.</summary>
    /// <exception cref="CryptographicException">There is too little of it.</exception>
    internal static (byte[] Salt, string Text) Split(byte[] joined) => joined.Length < SaltBytes
        ? throw new CryptographicException("The bid is too short.")
        : (joined[..SaltBytes], Encoding.UTF8.GetString(joined.AsSpan(SaltBytes)));
}
