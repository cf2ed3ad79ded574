using System.Security.Cryptography;
using System.Text;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>
/// The server's sealing key: 32 random bytes in a file, never in the database. What the database holds of a sealed RFQ cannot be read
/// without it, and it cannot read anything without what the database gives out to two people only.
/// </summary>
public sealed class SealingKey
{
    private const int Bytes = 32;

    private readonly byte[]? _key;
    private readonly string _whyNot;

    private SealingKey(byte[]? key, string whyNot)
    {
        (_key, _whyNot) = (key, whyNot);
        Fingerprint = key is null ? "" : Convert.ToHexStringLower(SHA256.HashData([.. "sourcing sealing key"u8, .. key]))[..16];
    }

    /// <summary>The start of a hash of the key: says whether it is the one that something was sealed with. Empty without a key.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether this server can seal and open.</summary>
    public bool IsSet => _key is not null;

    /// <summary>A server without a key: everything works but sealed RFQs.</summary>
    public static SealingKey None() => new(null, "This server has no sealing key, so it can neither seal nor open bids. An admin sets Sealing:KeyFile (see \"Sealed RFQs\" in the operating manual).");

    /// <summary>A key of these 32 bytes.</summary>
    public static SealingKey Of(ReadOnlySpan<byte> key) => key.Length == Bytes ? new(key.ToArray(), "") : throw new ArgumentException("A sealing key has 32 bytes.", nameof(key));

    /// <summary>Reads the key from its file: 32 bytes in base64.</summary>
    /// <exception cref="RefusedException">The file cannot be read, is open to others, or holds no key.</exception>
    public static SealingKey Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            {
                throw new RefusedException($"The sealing key {path} can be read by everybody on this machine, or written by others. Give it to its owner alone: chmod 600.");
            }

            var key = Convert.FromBase64String(File.ReadAllText(path, Encoding.ASCII).Trim());
            return key.Length == Bytes ? Of(key) : throw new FormatException();
        }
        catch (FormatException fault)
        {
            throw new RefusedException($"{path} holds no sealing key: 32 random bytes in base64. Make one with \"openssl rand -base64 32\", or bring back the one that was backed up.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The sealing key {path} of Sealing:KeyFile cannot be read: {fault.Message} Bring it back from its backup; without it, bids that are sealed are lost.", fault);
        }
    }

    /// <summary>Reads the key, or makes one for its owner alone where there is no file: for development.</summary>
    public static SealingKey ReadOrMake(string path)
    {
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, how);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) + "\n"));
        }
        catch (IOException) when (File.Exists(path))
        {
            // It is there already, or another server made it a moment ago.
        }

        return Read(path);
    }

    /// <summary>Refuses where there is no key.</summary>
    public void Demand()
    {
        if (!IsSet)
        {
            throw new RefusedException(_whyNot);
        }
    }

    /// <summary>Refuses where this is not the key that something was sealed with.</summary>
    /// <param name="fingerprint">Of the key that sealed it.</param>
    public void Demand(string fingerprint)
    {
        Demand();
        if (fingerprint != Fingerprint)
        {
            throw new RefusedException($"This was sealed with another sealing key ({fingerprint}) than this server has ({Fingerprint}). An admin brings back the file of Sealing:KeyFile from its backup.");
        }
    }

    /// <summary>A key for one purpose: 32 bytes that say nothing about the others.</summary>
    internal byte[] Derive(string purpose)
    {
        Demand();
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, _key!, Bytes, info: Encoding.UTF8.GetBytes("sourcing " + purpose));
    }
}
