using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;

namespace Sourcing.Web.Chapters;

/// <summary>Takes attendance and saves as one goes: what is entered while a save runs goes with the next one.</summary>
public sealed partial class AttendanceSheet
{
    private static readonly AttendanceCode[] Codes = Enum.GetValues<AttendanceCode>();

    private readonly Dictionary<Guid, Row> _waiting = [];
    private List<Row> _rows = [];
    private Row? _focus;
    private Task _saver = Task.CompletedTask;
    private bool _saving;
    private bool _saved;

    /// <summary>The meeting's sheet as it was opened.</summary>
    [Parameter, EditorRequired]
    public MeetingSheet Sheet { get; set; } = null!;

    [Inject]
    private MeetingService Meetings { get; set; } = null!;

    /// <summary>Waits until everything that was entered is saved. Refuses where something was not.</summary>
    public async Task FinishAsync()
    {
        await _saver;
        if (_rows.FirstOrDefault(r => r.Refusal is not null) is { } row)
        {
            throw new RefusedException($"{row.Name}: {row.Refusal}");
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        _rows = [.. Sheet.Rows.Select(r => new Row(r.MemberId, r.Name) { Code = r.Code, Substitute = r.Substitute, LeftEarly = r.LeftEarly })];

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { Input.Context: not null } row)
        {
            _focus = null;
            await row.Input.FocusAsync();
        }
    }

    private Task KeyAsync(Row row, KeyboardEventArgs e)
    {
        if (e.CtrlKey || e.AltKey || e.MetaKey)
        {
            return Task.CompletedTask;
        }

        return e.Key.ToUpperInvariant() switch
        {
            "P" => SetAsync(row, AttendanceCode.Present),
            "A" => SetAsync(row, AttendanceCode.Absent),
            "L" => SetAsync(row, AttendanceCode.Late),
            "M" => SetAsync(row, AttendanceCode.Medical),
            "S" => SetAsync(row, AttendanceCode.Substitute),
            "E" => EarlyAsync(row),
            _ => Task.CompletedTask,
        };
    }

    private Task SetAsync(Row row, AttendanceCode code)
    {
        if (code == AttendanceCode.Substitute && row.Substitute.Length == 0)
        {
            // Saved when the name is known.
            (row.Asking, _focus, row.Refusal) = (true, row, null);
            return Task.CompletedTask;
        }

        (row.Code, row.Asking) = (code, false);
        if (code is AttendanceCode.Absent or AttendanceCode.Medical)
        {
            row.LeftEarly = false;
        }

        if (code == AttendanceCode.Substitute)
        {
            _focus = row;
        }
        else
        {
            row.Substitute = "";
        }

        return SaveAsync(row);
    }

    private Task SubstituteAsync(Row row, string? name)
    {
        if ((name ?? "").Trim().Length == 0)
        {
            row.Refusal = row.Code == AttendanceCode.Substitute ? "Type who came as the substitute, or choose another code." : null;
            return Task.CompletedTask;
        }

        (row.Code, row.Substitute, row.Asking) = (AttendanceCode.Substitute, name!.Trim(), false);
        return SaveAsync(row);
    }

    // Asked for a substitute and left without a name: the code stays what it was.
    private static void Forget(Row row)
    {
        if (row.Code != AttendanceCode.Substitute)
        {
            row.Asking = false;
        }
    }

    private Task EarlyAsync(Row row)
    {
        if (row.Code is null or AttendanceCode.Absent or AttendanceCode.Medical)
        {
            return Task.CompletedTask;
        }

        row.LeftEarly = !row.LeftEarly;
        return SaveAsync(row);
    }

    private Task RestPresentAsync()
    {
        foreach (var row in _rows.Where(r => r.Code is null))
        {
            (row.Code, row.Asking) = (AttendanceCode.Present, false);
            _waiting[row.MemberId] = row;
        }

        return RunAsync();
    }

    private Task SaveAsync(Row row)
    {
        _waiting[row.MemberId] = row;
        return RunAsync();
    }

    // One save at a time, in the order of entry.
    private Task RunAsync()
    {
        if (!_saving)
        {
            _saving = true;
            _saver = DrainAsync();
        }

        return _saver;
    }

    private async Task DrainAsync()
    {
        try
        {
            while (_waiting.Count > 0)
            {
                List<Row> batch = [.. _waiting.Values];
                _waiting.Clear();
                if (!await TryAsync(batch) && batch.Count > 1)
                {
                    foreach (var row in batch)
                    {
                        await TryAsync([row]);
                    }
                }

                StateHasChanged();
            }
        }
        finally
        {
            (_saving, _saved) = (false, true);
            StateHasChanged();
        }
    }

    private async Task<bool> TryAsync(IReadOnlyList<Row> rows)
    {
        try
        {
            await Meetings.EnterAsync(Sheet.Id, [.. rows.Select(r => new AttendanceEntry(r.MemberId, r.Code, r.Substitute, r.LeftEarly))], default);
            foreach (var row in rows)
            {
                row.Refusal = null;
            }

            return true;
        }
        catch (RefusedException refusal)
        {
            if (rows.Count == 1)
            {
                rows[0].Refusal = refusal.Message;
            }

            return false;
        }
    }

    private sealed class Row(Guid memberId, string name)
    {
        public Guid MemberId => memberId;

        public string Name => name;

        public AttendanceCode? Code { get; set; }

        public string Substitute { get; set; } = "";

        public bool LeftEarly { get; set; }

        /// <summary>The substitute's name is being asked for.</summary>
        public bool Asking { get; set; }

        /// <summary>Why the last entry was not saved.</summary>
        public string? Refusal { get; set; }

        public ElementReference Input { get; set; }
    }
}
