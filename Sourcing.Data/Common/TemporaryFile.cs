using System.Security.Cryptography;

namespace Sourcing.Data.Common;

/// <summary>Something uploaded, in a file with a generated name that is gone when this is disposed or the process ends. Memory stays flat.</summary>
public sealed class TemporaryFile : IAsyncDisposable
{
    private TemporaryFile(FileStream content) => Content = content;

    /// <summary>Readable, from its beginning.</summary>
    public FileStream Content { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Of the content, in hexadecimal.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Copies a stream until its end.</summary>
    /// <param name="limit">Bytes; the copy stops there.</param>
    /// <exception cref="RefusedException">There is more than the limit; what was copied is gone.</exception>
    public static async Task<TemporaryFile> ReceiveAsync(Stream source, long limit, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), "sourcing-upload-" + Guid.CreateVersion7().ToString("N"));
        var file = new TemporaryFile(new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose));
        try
        {
            await file.FillAsync(source, limit, ct);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();

    private async Task FillAsync(Stream source, long limit, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, ct)) > 0)
        {
            Size += read;
            if (Size > limit)
            {
                throw new RefusedException($"The file is larger than {limit / (1024 * 1024)} MB. Make it smaller or split it.");
            }

            hash.AppendData(buffer, 0, read);
            await Content.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        Content.Position = 0;
    }
}
