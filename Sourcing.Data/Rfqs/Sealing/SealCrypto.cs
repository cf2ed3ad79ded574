using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>
/// What seals and opens: AES-256-GCM under keys that are derived for one purpose each. To seal for an RFQ takes its public key
/// (P-256) alone; to open takes its private key. Every box is bound to the record that it belongs to.
/// </summary>
internal static class SealCrypto
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Boxes grow in steps of so many bytes, so that their size tells little of what is in them.</summary>
    private const int Step = 4096;

    /// <summary>A pair for one round of an RFQ.</summary>
    public static (byte[] Public, byte[] Private) NewPair()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return (pair.ExportSubjectPublicKeyInfo(), pair.ExportPkcs8PrivateKey());
    }

    /// <summary>Locks bytes under a key.</summary>
    /// <param name="bound">What the box belongs to: it opens only with the same.</param>
    public static byte[] Lock(byte[] key, ReadOnlySpan<byte> plain, string bound)
    {
        var padded = Pad(plain);
        var box = new byte[NonceBytes + TagBytes + padded.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), padded, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(bound));
        CryptographicOperations.ZeroMemory(padded);
        return box;
    }

    /// <summary>Unlocks what <see cref="Lock"/> locked.</summary>
    /// <exception cref="CryptographicException">The box, its key or what it belongs to is not the same.</exception>
    public static byte[] Unlock(byte[] key, ReadOnlySpan<byte> box, string bound)
    {
        if (box.Length < NonceBytes + TagBytes + sizeof(int))
        {
            throw new CryptographicException("The box is too short.");
        }

        var padded = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), padded, Encoding.UTF8.GetBytes(bound));
        var length = BinaryPrimitives.ReadInt32BigEndian(padded);
        return length >= 0 && length <= padded.Length - sizeof(int) ? padded[sizeof(int)..(sizeof(int) + length)] : throw new CryptographicException("The box is broken.");
    }

    /// <summary>Seals bytes for whoever holds the private key: a key of this box alone, agreed with a pair that is forgotten at once.</summary>
    public static byte[] SealFor(byte[] publicKey, ReadOnlySpan<byte> plain, string bound)
    {
        using var theirs = ECDiffieHellman.Create();
        theirs.ImportSubjectPublicKeyInfo(publicKey, out _);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var ephemeral = own.ExportSubjectPublicKeyInfo();
        var box = Lock(Agree(own, theirs.PublicKey, ephemeral, publicKey), plain, bound);
        return [(byte)ephemeral.Length, .. ephemeral, .. box];
    }

    /// <summary>Opens what was sealed by <see cref="SealFor"/>.</summary>
    /// <param name="publicKey">Of the pair, as it was published.</param>
    /// <exception cref="CryptographicException">The box, the key or what it belongs to is not the same.</exception>
    public static byte[] Open(byte[] privateKey, byte[] publicKey, ReadOnlySpan<byte> sealed_, string bound)
    {
        if (sealed_.Length == 0 || sealed_.Length < 1 + sealed_[0])
        {
            throw new CryptographicException("The box is too short.");
        }

        var ephemeral = sealed_.Slice(1, sealed_[0]).ToArray();
        using var own = ECDiffieHellman.Create();
        own.ImportPkcs8PrivateKey(privateKey, out _);
        using var theirs = ECDiffieHellman.Create();
        theirs.ImportSubjectPublicKeyInfo(ephemeral, out _);
        return Unlock(Agree(own, theirs.PublicKey, ephemeral, publicKey), sealed_[(1 + ephemeral.Length)..], bound);
    }

    private static byte[] Agree(ECDiffieHellman own, ECDiffieHellmanPublicKey theirs, byte[] ephemeral, byte[] publicKey)
    {
        var secret = own.DeriveRawSecretAgreement(theirs);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt: [.. ephemeral, .. publicKey], info: "sourcing sealed bid"u8.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static byte[] Pad(ReadOnlySpan<byte> plain)
    {
        var padded = new byte[(sizeof(int) + plain.Length + Step - 1) / Step * Step];
        BinaryPrimitives.WriteInt32BigEndian(padded, plain.Length);
        plain.CopyTo(padded.AsSpan(sizeof(int)));
        return padded;
    }
}
