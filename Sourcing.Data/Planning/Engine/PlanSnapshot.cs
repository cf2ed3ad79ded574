using System.IO.Compression;
using System.Security.Cryptography;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// An input as bytes: rows in canonical order, so that equal inputs give equal bytes. A cycle keeps them to be run again, and their SHA-256 is its
/// input hash. <see cref="PlanSettings.MaxThreads"/> has no bearing on the outcome and is not part of them.
/// </summary>
public static class PlanSnapshot
{
    /// <summary>"PLN" and the version of the format; another version is refused.</summary>
    private const int Mark = 0x504C4E02;

    /// <summary>SHA-256 of the canonical bytes, hexadecimal, lower case.</summary>
    public static string HashOf(PlanInput input) => Hash(CanonicalOrder.Of(input));

    /// <summary>Canonical bytes, compressed by Brotli.</summary>
    public static byte[] Write(PlanInput input)
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            Write(CanonicalOrder.Of(input), packed);
        }

        return bytes.ToArray();
    }

    /// <summary>The input that <see cref="Write(PlanInput)"/> was given, rows in canonical order. Refuses (InvalidDataException) what is no snapshot.</summary>
    public static PlanInput Read(ReadOnlyMemory<byte> snapshot)
    {
        using var bytes = new MemoryStream(snapshot.ToArray(), writable: false);
        using var unpacked = new BrotliStream(bytes, CompressionMode.Decompress);
        try
        {
            using var reader = new PlanInputReader(unpacked);
            return reader.Read(Mark);
        }
        catch (Exception fault) when (fault is EndOfStreamException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("These bytes are no snapshot of a plan's input.", fault);
        }
    }

    /// <summary>Of an input that is in canonical order already.</summary>
    internal static string Hash(PlanInput canonical)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            Write(canonical, stream);
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }

    private static void Write(PlanInput canonical, Stream stream)
    {
        using var writer = new PlanInputWriter(stream);
        writer.Write(canonical, Mark);
    }
}
