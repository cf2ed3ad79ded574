using Microsoft.JSInterop;

namespace Sourcing.Web.Shared;

/// <summary>What was typed and not saved, kept by the browser for this tab alone.</summary>
internal static class Drafts
{
    /// <summary>Bytes of the longest draft that is read back: an order of 500 long lines has less than a quarter of it.</summary>
    private const int Longest = 4 * 1024 * 1024;

    /// <summary>Keeps, or with null forgets.</summary>
    public static ValueTask KeepDraftAsync(this IJSRuntime js, string key, string? json, CancellationToken ct) => js.InvokeVoidAsync("sourcing.saveDraft", ct, key, json);

    /// <summary>
    /// Reads back what was kept; null for nothing. It streams in pieces: a form of a hundred lines is larger than the one
    /// message that a browser may send, and a larger message would end the connection.
    /// </summary>
    /// <param name="opened">What the form holds now, so that the browser can add what the server does not hear any more; null where that is not wanted.</param>
    public static async Task<string?> LoadDraftAsync(this IJSRuntime js, string key, string? opened = null)
    {
        if (await js.InvokeAsync<int>("sourcing.draftSize", key, opened) is not (> 0 and <= Longest))
        {
            return null;
        }

        await using var draft = await js.InvokeAsync<IJSStreamReference>("sourcing.loadDraft", key);
        await using var stream = await draft.OpenReadStreamAsync(Longest);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
