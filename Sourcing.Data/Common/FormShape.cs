using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Xml;

namespace Sourcing.Data.Common;

/// <summary>What every form carries besides its fields.</summary>
public interface IForm
{
    /// <summary>Made when the form opens: a second click or a retry with the same key gives the same record.</summary>
    Guid FormKey { get; }
}

/// <summary>Checks the data annotations and <see cref="IValidatableObject"/> rules of a form and of its rows, and that all its text can be kept.</summary>
public static class FormShape
{
    /// <summary>Refuses with every field at fault. The service calls it again after the page did.</summary>
    public static void Demand(object form)
    {
        var errors = new List<FieldError>();
        Check(form, "", errors);
        if (errors.Count > 0)
        {
            throw new RefusedException([.. errors.Distinct()]);
        }
    }

    /// <summary>Whether the database and every file that leaves can hold this text: no control characters but tab and line ends, no half characters.</summary>
    public static bool CanBeKept(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Check(object form, string path, List<FieldError> errors)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(form, new ValidationContext(form), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => new FieldError(path + r.MemberNames.FirstOrDefault(), r.ErrorMessage ?? "Not valid.")));
        foreach (var property in form.GetType().GetProperties().Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0))
        {
            var name = path + property.Name;
            switch (property.GetValue(form))
            {
                case string text when !CanBeKept(text):
                case IEnumerable<string> texts when texts.Any(t => !CanBeKept(t ?? "")):
                    errors.Add(new(name, "This holds a character that cannot be kept, such as a control character that came along with a paste. Type it anew, or paste it as plain text."));
                    break;
                case IEnumerable rows when property.PropertyType != typeof(string):
                    var row = 0;
                    foreach (var item in rows)
                    {
                        if (item?.GetType() is { IsClass: true } type && type.Namespace?.StartsWith(nameof(Sourcing), StringComparison.Ordinal) == true)
                        {
                            Check(item, $"{name}[{row}].", errors);
                        }

                        row++;
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
