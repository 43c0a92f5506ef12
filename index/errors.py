"""Every error that Isnad raises for its user to read.

    IsnadError
    ├── SettingsError            a setting or an option has a value that cannot be used
    ├── ReadError                a file cannot be read as an article
    ├── ArchiveError             something is wrong with the archive
    │   ├── NotAnArchiveError    the folder or the database is something else
    │   ├── ArchiveVersionError  made by a newer program
    │   ├── ArchiveLockedError   another process is writing
    │   ├── ArchiveDamagedError  the file is not whole
    │   ├── ArchiveWriteError    no room, or no permission
    │   ├── IndexServerError     the server of its indexes is not reached, or refuses
    │   ├── ArchiveUnreachableError  its server does not answer, or lets nobody in
    │   ├── EncoderMismatchError its vectors come from another encoder
    │   └── UnknownArticleError  no article has this id
    ├── EncoderError             an embedding model cannot be loaded
    ├── WorkersError             workers cannot be started or reached, or keep ending
    ├── QuestionError            a question or quotation that cannot be worked on
    ├── FilterError              a filter names an outlet or an author that no article has
    ├── QuestionSetError         an evaluation set or report that cannot be used
    ├── BenchmarkError           a system cannot be measured: its environment cannot be made, or it failed
    ├── ConversationsError       conversations cannot be kept: a damaged file, no room, no permission
    │   └── UnknownConversationError  this person has no such conversation, or it is no longer shared
    ├── TrainingError            a corpus, an option or a work folder that no model can be trained from
    └── ServerError              the chat cannot be served

A message is one line that says what, which value, and what to do.
"""


class IsnadError(Exception):
    """The root: the command line prints its message on one line and exits with 2."""


class SettingsError(IsnadError):
    """A setting, from the environment, `isnad.toml` or an option, has a value that cannot be used."""


class ReadError(IsnadError):
    """A file cannot be read as an article: missing, unreadable, empty, binary, or without text."""


class ArchiveError(IsnadError):
    """Something is wrong with the archive; its subclasses say what."""


class NotAnArchiveError(ArchiveError):
    """The folder, the file in it, the database or its schema is not an Isnad archive."""


class ArchiveVersionError(ArchiveError):
    """The archive was made by a newer version of the program."""


class ArchiveLockedError(ArchiveError):
    """Another process is writing to the archive and did not finish in time."""


class ArchiveDamagedError(ArchiveError):
    """The database reports that it is not whole, or a row holds what was never written."""


class ArchiveWriteError(ArchiveError):
    """The archive cannot be written: the disk is full, or nothing may be written there."""


class ArchiveUnreachableError(ArchiveError):
    """The server of the archive does not answer, lets this user not in, or the connection to it was lost."""


class IndexServerError(ArchiveError):
    """The server that keeps the archive's indexes cannot be reached, refuses, or fails."""


class EncoderMismatchError(ArchiveError):
    """The archive's vectors were made by another encoder than the one in use."""


class UnknownArticleError(ArchiveError):
    """No article of the archive has the id that was asked for."""


class EncoderError(IsnadError):
    """An embedding model cannot be found or loaded."""


class WorkersError(IsnadError):
    """The processes or machines that share an ingest's work cannot be started or reached, or keep ending."""


class QuestionError(IsnadError):
    """A question or quotation that cannot be worked on: empty, too long, or with forbidden characters."""


class FilterError(IsnadError):
    """A filter names an outlet or an author that no article of the archive has."""


class QuestionSetError(IsnadError):
    """An evaluation set or a baseline report that cannot be used; the message names the line."""


class BenchmarkError(IsnadError):
    """A system cannot be measured: its environment cannot be made, or it failed."""


class ConversationsError(IsnadError):
    """Conversations cannot be kept or read: their file is damaged, locked or newer, or cannot be written."""


class UnknownConversationError(ConversationsError):
    """No conversation of this person has the id, or none is shared under the token."""


class TrainingError(IsnadError):
    """A corpus, an option or a work folder that no model can be trained from; the message names line or file."""


class ServerError(IsnadError):
    """The chat cannot be served: its port is taken, or its address is not this machine's."""
