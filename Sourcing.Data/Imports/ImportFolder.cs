using System.Security.Cryptography;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports;

/// <summary>A file that was uploaded, under a name that we made.</summary>
/// <param name="Name">Generated; nothing of what the user called it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the content, in hexadecimal.</param>
public sealed record StoredFile(string Name, long Size, string Sha256);

/// <summary>Where the files of imports lie: they outlive the process, because a restart goes on with them.</summary>
/// <param name="path">A directory of this app alone; made when first needed. Servers that share the job queue share it too.</param>
public sealed class ImportFolder(string path)
{
    /// <summary>Where a stored file lies.</summary>
    public string PathOf(string name) => Path.Combine(path, Path.GetFileName(name));

    /// <summary>Copies a stream until its end, through one buffer.</summary>
    /// <param name="limit">Bytes.</param>
    /// <exception cref="RefusedException">There is more than the limit, or the disk is full; what was copied is gone.</exception>
    public async Task<StoredFile> ReceiveAsync(Stream content, long limit, CancellationToken ct)
    {
        Directory.CreateDirectory(path);
        var name = Guid.CreateVersion7().ToString("N");
        try
        {
            await using var file = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[64 * 1024];
            var size = 0L;
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                size += read;
                if (size > limit)
                {
                    throw new RefusedException($"The file is larger than {limit >> 20} MB. Split it into several files.");
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            return new(name, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch (Exception fault)
        {
            Remove(name);
            throw fault is IOException and not FileNotFoundException && fault.HResult == 28 ? new RefusedException("The server's disk is full, so the file was not kept. Try again when an admin has made room.", fault) : fault is RefusedException or OperationCanceledException ? fault : new IOException("The upload broke off.", fault);
        }
    }

    /// <summary>The stored files, by the names that we made; others in the directory are not ours.</summary>
    public IEnumerable<string> Names() => !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path).Select(p => Path.GetFileName(p)).Where(n => Guid.TryParseExact(n, "N", out _));

    /// <summary>When a file was written last, in UTC.</summary>
    public DateTime ChangedAt(string name) => File.GetLastWriteTimeUtc(PathOf(name));

    /// <summary>Removes a file; nothing when it is gone already.</summary>
    public void Remove(string name)
    {
        if (File.Exists(PathOf(name)))
        {
            File.Delete(PathOf(name));
        }
    }
}
