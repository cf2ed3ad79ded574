using System.Diagnostics;
using Sourcing.Data.Common;

namespace Sourcing.Web.Orders;

/// <summary>Turns a page of HTML into a PDF.</summary>
public interface IPdfPrinter
{
    /// <summary>Refuses, in words, where no printer is set up or it takes too long.</summary>
    /// <param name="html">A whole document with a policy of its own that forbids scripts; nothing is fetched from the network.</param>
    Task<byte[]> PrintAsync(string html, CancellationToken ct);
}

/// <summary>Prints through headless Chromium, found by the setting <c>Pdf:Chromium</c>, the variable <c>CHROMIUM</c>, or where it usually is.</summary>
public sealed class PdfPrinter(IConfiguration configuration, ILogger<PdfPrinter> log) : IPdfPrinter, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    private static readonly string[] Usual =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    // Each print is a browser of its own: two at once are enough for a small machine.
    private readonly SemaphoreSlim _atOnce = new(2, 2);

    /// <inheritdoc/>
    public async Task<byte[]> PrintAsync(string html, CancellationToken ct)
    {
        var chromium = Find() ?? throw new RefusedException(
            "There is no Chromium on this server, so no PDF can be made. Print the order from your browser, or issue it without the PDF.");
        await _atOnce.WaitAsync(ct);
        var folder = Directory.CreateTempSubdirectory("sourcing-print-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, ct);
            await RunAsync(chromium, folder.FullName, page, pdf, ct);
            return File.Exists(pdf)
                ? await File.ReadAllBytesAsync(pdf, ct)
                : throw new RefusedException("The PDF could not be made. Print the order from your browser, or issue it without the PDF.");
        }
        finally
        {
            _atOnce.Release();
            Clean(folder);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _atOnce.Dispose();

    private string? Find()
    {
        // What is set counts alone: a wrong setting should show, not be passed over.
        var set = configuration["Pdf:Chromium"] ?? configuration["CHROMIUM"];
        return string.IsNullOrEmpty(set) ? Usual.FirstOrDefault(File.Exists) : File.Exists(set) ? set : null;
    }

    private async Task RunAsync(string chromium, string folder, string page, string pdf, CancellationToken ct)
    {
        var start = new ProcessStartInfo(chromium) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={Path.Combine(folder, "profile")}",
            // Root has no sandbox to offer; the page is our own and runs no script.
            .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
            "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new RefusedException("Chromium did not start. Print the order from your browser, or issue it without the PDF.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
            {
                log.LogWarning("Chromium ended with {Code}: {Output} {Errors}", process.ExitCode, await output, await errors);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RefusedException($"Making the PDF took longer than {Longest.TotalSeconds:0} seconds and was stopped. Try again, or issue the order without the PDF.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private void Clean(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException fault)
        {
            // A helper process of the browser may still be writing; the system's own cleaning takes the rest.
            log.LogDebug(fault, "A print folder stays behind");
        }
    }
}
