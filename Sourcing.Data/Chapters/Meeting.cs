using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>How far a meeting is.</summary>
public enum MeetingStatus
{
    /// <summary>On the calendar.</summary>
    Planned,

    /// <summary>Attendance is being entered.</summary>
    Draft,

    /// <summary>Took place, and attendance is whole. Figures count these alone.</summary>
    Completed,

    /// <summary>Does not take place.</summary>
    Holiday,

    /// <summary>Was entered by mistake.</summary>
    Discarded,
}

/// <summary>How somebody attended: exactly one code for each member and meeting.</summary>
public enum AttendanceCode
{
    Present,
    Absent,
    Late,
    Medical,
    Substitute,
}

/// <summary>One meeting of a chapter; one at most on a day.</summary>
public sealed class Meeting
{
    private readonly List<Attendance> _attendances = [];

    private Meeting()
    {
    }

    public Meeting(Guid chapterId, DateOnly heldOn) => (Id, ChapterId, HeldOn) = (Guid.CreateVersion7(), chapterId, heldOn);

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public DateOnly HeldOn { get; private set; }

    public MeetingStatus Status { get; private set; }

    public uint Version { get; private set; }

    public IReadOnlyList<Attendance> Attendances => _attendances;

    /// <summary>Slips and attendance may be written under it.</summary>
    public bool TakesEntries => Status is MeetingStatus.Planned or MeetingStatus.Draft or MeetingStatus.Completed;

    /// <summary>
    /// Sets codes; a member whose code is null loses theirs. Include the attendances first. Refuses a meeting that is completed or does not take place, a substitute
    /// without a name, and a name of a substitute beside another code.
    /// </summary>
    /// <returns>The codes that were taken away.</returns>
    public IReadOnlyList<Attendance> Enter(IEnumerable<(Guid MemberId, AttendanceCode? Code, string Substitute, bool LeftEarly)> rows)
    {
        if (Status is not (MeetingStatus.Planned or MeetingStatus.Draft))
        {
            throw new RefusedException($"The meeting of {HeldOn:d MMM yyyy} is {Words.Spaced(Status).ToLowerInvariant()}. Open it again first.");
        }

        var gone = new List<Attendance>();
        foreach (var row in rows)
        {
            var there = _attendances.FirstOrDefault(a => a.MemberId == row.MemberId);
            if (row.Code is not { } code)
            {
                if (there is not null)
                {
                    _attendances.Remove(there);
                    gone.Add(there);
                }
            }
            else if (there is null)
            {
                _attendances.Add(new(Id, ChapterId, row.MemberId, code, row.Substitute, row.LeftEarly));
            }
            else
            {
                there.Set(code, row.Substitute, row.LeftEarly);
            }
        }

        Status = MeetingStatus.Draft;
        return gone;
    }

    /// <summary>
    /// A code that an import brings, for a member who has none: also where the meeting is completed. Refuses a meeting that does not take place. The file names no substitutes.
    /// </summary>
    internal Attendance Bring(Guid memberId, AttendanceCode code, Guid batch)
    {
        if (!TakesEntries)
        {
            throw new RefusedException($"The meeting of {HeldOn:d MMM yyyy} is {Words.Spaced(Status).ToLowerInvariant()}. Put it back on the calendar first.");
        }

        Status = Status == MeetingStatus.Planned ? MeetingStatus.Draft : Status;
        return new(Id, ChapterId, memberId, code, code == AttendanceCode.Substitute ? Attendance.UnnamedSubstitute : "", leftEarly: false, batch);
    }

    /// <summary>Completes the meeting. Refuses one to come, one that is not planned or in entry, and members without a code, by name.</summary>
    /// <param name="missing">Names of members active on the day who have no code.</param>
    public void Complete(DateOnly today, IReadOnlyList<string> missing)
    {
        if (Status is not (MeetingStatus.Planned or MeetingStatus.Draft))
        {
            throw new RefusedException($"The meeting is {Words.Spaced(Status).ToLowerInvariant()} already.");
        }

        if (HeldOn > today)
        {
            throw new RefusedException($"The meeting is on {HeldOn:d MMM yyyy}. Complete it on that day or later.");
        }

        if (missing.Count > 0)
        {
            var named = string.Join(", ", missing.Take(4)) + (missing.Count > 4 ? $" and {missing.Count - 4} more" : "");
            throw new RefusedException($"No code yet for {named}. Give everybody a code, then complete the meeting.");
        }

        Status = MeetingStatus.Completed;
    }

    /// <summary>Opens a completed meeting for changes, or puts one that was called off back on the calendar.</summary>
    public void Reopen() => Status = Status switch
    {
        MeetingStatus.Completed => MeetingStatus.Draft,
        MeetingStatus.Holiday or MeetingStatus.Discarded => MeetingStatus.Planned,
        _ => throw new RefusedException("The meeting is open already."),
    };

    /// <summary>Calls the meeting off. Refuses one with attendance or slips: they would hang on nothing.</summary>
    /// <param name="holiday">It would have been due; false for one entered by mistake.</param>
    /// <param name="entries">Attendance codes, slips and visitors under it.</param>
    public void CallOff(bool holiday, int entries)
    {
        if (entries > 0)
        {
            throw new RefusedException($"The meeting of {HeldOn:d MMM yyyy} has {(entries == 1 ? "an entry" : $"{entries} entries")}. Remove attendance, slips and visitors first, or keep the meeting.");
        }

        Status = holiday ? MeetingStatus.Holiday : MeetingStatus.Discarded;
    }
}

/// <summary>How one member attended one meeting.</summary>
public sealed class Attendance
{
    /// <summary>Stands for a substitute whom a report does not name.</summary>
    public const string UnnamedSubstitute = "Not named in the report";

    private Attendance()
    {
    }

    internal Attendance(Guid meetingId, Guid chapterId, Guid memberId, AttendanceCode code, string substitute, bool leftEarly, Guid? batch = null)
    {
        (Id, MeetingId, ChapterId, MemberId) = (Guid.CreateVersion7(), meetingId, chapterId, memberId);
        Set(code, substitute, leftEarly);
        ImportBatchId = batch;
    }

    public Guid Id { get; private set; }

    public Guid MeetingId { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MemberId { get; private set; }

    public AttendanceCode Code { get; private set; }

    /// <summary>Who came in the member's place; set with <see cref="AttendanceCode.Substitute"/> and only then.</summary>
    public string Substitute { get; private set; } = "";

    public bool LeftEarly { get; private set; }

    /// <summary>The import that brought it; null for one that was entered or changed by hand.</summary>
    public Guid? ImportBatchId { get; private set; }

    internal void Set(AttendanceCode code, string substitute, bool leftEarly)
    {
        substitute = Files.NameKey.Tidy(substitute);
        if (code == AttendanceCode.Substitute && substitute.Length is < 1 or > 160)
        {
            throw new RefusedException("Substitute", "Type who came as the substitute, in 1 to 160 characters.");
        }

        // Changed by hand: no longer the import's to take away.
        ImportBatchId = code != Code || (code == AttendanceCode.Substitute && substitute != Substitute) ? null : ImportBatchId;
        (Code, Substitute, LeftEarly) = (code, code == AttendanceCode.Substitute ? substitute : "", leftEarly && code is not (AttendanceCode.Absent or AttendanceCode.Medical));
    }
}
